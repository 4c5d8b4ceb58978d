// Runs the acceptance scripts of ../shared, where they are, against the real binary: the reference
// validator over every style, MapLibre from another origin over every layer, the widget in a page of
// another origin under its policy.
//   node tests/e2e/acceptance.mjs <path to onemap> [--only WORD]
import { spawn } from "node:child_process";
import { access, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { serve } from "./binary.mjs";
import { findChromium } from "./browser.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const SCRIPTS = resolve(HERE, "../../../shared/acceptance");
/** Layers with tiles are looked at from so near at least. */
const NEAR = 13;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string", default: "" } },
});

if (await isThere(SCRIPTS)) process.exitCode = await all();
else console.log(`SKIPPED: the acceptance scripts are not beside the project (${SCRIPTS})`);

async function isThere(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function all() {
  const scratch = await mkdtemp(join(tmpdir(), "onemap-acceptance-"));
  const server = await serve(resolve(positionals[0]), scratch);
  let failed = 0;
  try {
    for (const [name, script, args] of await runs(server.url, scratch)) {
      if (!name.includes(values.only)) continue;
      const { code, said } = await run(script, args);
      const verdict = said.trim().split("\n").at(-1);
      console.log(`${code === 0 ? "ok  " : "FAIL"} ${name}: ${verdict}`);
      if (code === 0) continue;
      failed += 1;
      const lines = said.split("\n").filter((line) => line.startsWith("FAIL"));
      console.log(lines.map((line) => `     ${line}`).join("\n"));
    }
  } finally {
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  }
  console.log(failed === 0 ? "acceptance passed" : `acceptance: ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** What is run: a name, a script, its arguments. */
async function runs(url, scratch) {
  const { collections } = await (await fetch(`${url}/collections`)).json();
  const drawn = collections.filter(
    ({ onemap }) => onemap.form !== "existence" && onemap.geometry !== null,
  );
  const modules = ["--modules", HERE];
  const list = [["style: whole map", "style_check.mjs", [`${url}/styles/onemap`, ...modules]]];
  for (const { id, onemap } of drawn) {
    const style = `${url}/styles/${id}`;
    list.push([`style: ${id}`, "style_check.mjs", [style, ...modules]]);
    const zoom = String(Math.max(NEAR, onemap.minzoom + 1));
    const place = (await anyPlace(url, id)).join(",");
    const view = ["--center", place, "--zoom", zoom, "--out", join(scratch, `${id}.png`)];
    list.push([`maplibre: ${id}`, "maplibre_check.mjs", ["--style", style, ...view, ...modules]]);
  }
  return [...list, ...embedding(url, scratch, modules)];
}

/** A place of the layer: the first vertex of its first feature. */
async function anyPlace(url, id) {
  const { features } = await (await fetch(`${url}/collections/${id}/items?limit=1`)).json();
  let place = features[0].geometry.coordinates;
  while (Array.isArray(place[0])) place = place[0];
  return place;
}

function embedding(url, scratch, modules) {
  const policy = [
    "default-src 'self'",
    `script-src ${url} 'unsafe-inline'`,
    `connect-src ${url}`,
    `img-src 'self' data: blob: ${url}`,
    "style-src 'self' 'unsafe-inline'",
    `frame-src ${url}`,
    "worker-src blob:",
  ].join("; ");
  const check = (name, html, ...more) => {
    const args = ["--host", url, "--html", html, "--out", join(scratch, "embed.png"), ...modules];
    return [`embed: ${name}`, "embed_check.mjs", [...args, "--csp", policy, ...more]];
  };
  const frame = `<iframe src="${url}/embed?layers=pollution-sites,rivers&lang=zh" width=600 height=400 title=map></iframe>`;
  const element = `<script type=module src="${url}/widget.js"></script><one-map layers="pollution-sites,rivers" lang="en" style="display:block;width:600px;height:400px"></one-map>`;
  return [check("iframe", frame), check("<one-map>", element)];
}

async function run(script, args) {
  const child = spawn("node", [join(SCRIPTS, script), ...args], {
    env: { ...process.env, CHROMIUM: await findChromium() },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      said += text;
    });
  }
  const code = await new Promise((end) => child.once("exit", end));
  return { code, said };
}
