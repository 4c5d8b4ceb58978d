// Measures the first view of the map on the demonstration district: what a person waits for and what
// is carried over the wire. No check: the figures go into docs/performance.md.
//   node tests/e2e/first-view.mjs <path to onemap>
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { serve } from "./binary.mjs";
import { DESKTOP, openBrowser } from "./browser.mjs";

const RUNS = 5;
const scratch = await mkdtemp(join(tmpdir(), "onemap-first-view-"));
const server = await serve(resolve(process.argv[2]), scratch);
const browser = await openBrowser();
try {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await firstView());
  const median = (name) => runs.map((run) => run[name]).sort((a, b) => a - b)[(RUNS - 1) / 2];
  for (const name of Object.keys(runs[0])) console.log(`${name}\t${Math.round(median(name))}`);
} finally {
  await browser.close();
  await server.stop();
  await rm(scratch, { recursive: true, force: true });
}

/** A visit with an empty cache: milliseconds until the layers can be used and the map has drawn. */
async function firstView() {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "zh-CN" });
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  let bytes = 0;
  let requests = 0;
  await wire.send("Network.enable");
  wire.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  const began = performance.now();
  await page.goto(`${server.url}/app`, { waitUntil: "commit" });
  await page.waitForSelector(".panel input[type=checkbox]");
  const interactive = performance.now() - began;
  await page.waitForSelector('.map-canvas[data-state="idle"]', { timeout: 60_000 });
  const drawn = performance.now() - began;
  await page.waitForTimeout(500);
  const paint = await page.evaluate(
    () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  );
  await context.close();
  return { paint, interactive, drawn, requests, kilobytes: bytes / 1000 };
}
