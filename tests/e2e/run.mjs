// Drives the page /app in a real browser, served by the real binary with the demonstration layers.
//   node tests/e2e/run.mjs <path to onemap> [--shots FOLDER] [--only WORD]
//   node tests/e2e/run.mjs --url http://127.0.0.1:8080 …   against a server that already runs
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { serve } from "./binary.mjs";
import { openBrowser, Visit } from "./browser.mjs";
import { access } from "./checks/access.mjs";
import { embedding } from "./checks/embedding.mjs";
import { failing } from "./checks/failing.mjs";
import { layers } from "./checks/layers.mjs";
import { screening } from "./checks/screening.mjs";
import { tools } from "./checks/tools.mjs";
import { using } from "./checks/using.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    shots: { type: "string" },
    only: { type: "string" },
    url: { type: "string" },
  },
});
if (!values.url && positionals.length !== 1) {
  console.error("usage: node tests/e2e/run.mjs <path to onemap> [--shots FOLDER] [--only WORD]");
  process.exit(2);
}

const scratch = await mkdtemp(join(tmpdir(), "onemap-e2e-"));
const shots = resolve(values.shots ?? join(scratch, "shots"));
await mkdir(shots, { recursive: true });

let server = null;
let browser = null;
let passed = 0;
let failed = 0;
try {
  server = values.url
    ? { url: values.url, stop: async () => {} }
    : await serve(resolve(positionals[0]), scratch);
  browser = await openBrowser();
  const checks = {
    ...using,
    ...layers,
    ...tools,
    ...screening,
    ...access,
    ...failing,
    ...embedding,
  };
  for (const [name, check] of Object.entries(checks)) {
    if (values.only && !name.includes(values.only)) continue;
    const visit = new Visit(browser, server, shots);
    try {
      await check(visit);
      visit.assertQuiet();
      passed += 1;
      console.log(`ok   ${name}`);
    } catch (error) {
      failed += 1;
      console.log(
        `FAIL ${name}\n     ${String(error?.stack ?? error).replaceAll("\n", "\n     ")}`,
      );
      await visit.shot(`failed-${passed + failed}`).catch(() => {});
    } finally {
      await visit.close();
    }
  }
} catch (error) {
  failed += 1;
  console.log(`FAIL set-up\n     ${error?.stack ?? error}`);
} finally {
  await browser?.close();
  await server?.stop();
  if (values.shots) await rm(scratch, { recursive: true, force: true });
}
console.log(`screenshots: ${shots}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
