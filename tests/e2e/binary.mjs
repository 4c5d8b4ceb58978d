// The binary under test: imports the demonstration layers into a fresh store and serves them.
import { spawn } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const PATIENCE_MS = 120_000;

/** Resolves to the server's address, a way to stop it, and one to serve the same with more said. */
export async function serve(onemap, scratch) {
  const layers = join(ROOT, "layers");
  const store = join(scratch, "onemap.gpkg");
  const at = ["--layers", layers, "--store", store];
  await finish(onemap, ["import", "--keep-going", ...at], scratch);
  const again = (more) =>
    start(onemap, ["serve", "--listen", "127.0.0.1:0", ...at, ...more], scratch);
  return { ...(await again([])), again };
}

async function start(onemap, args, cwd) {
  const child = spawn(onemap, args, { cwd });
  const ended = new Promise((end) => child.once("exit", end));
  const said = { out: "", err: "" };
  child.stderr.on("data", (text) => {
    said.err += text;
  });
  const url = await new Promise((found, lost) => {
    const timer = setTimeout(() => lost(new Error("serve printed no address")), PATIENCE_MS);
    child.stdout.on("data", (text) => {
      said.out += text;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said.out);
      if (!address) return;
      clearTimeout(timer);
      found(address[0]);
    });
    child.once("exit", (code) => lost(new Error(`serve ended with ${code}: ${said.err}`)));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { url, stop };
}

/** Rejected rows are on purpose and end an import with 0 under --keep-going. */
async function finish(onemap, args, cwd) {
  const child = spawn(onemap, args, { cwd });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      said += text;
    });
  }
  const code = await new Promise((end, lost) => {
    child.once("error", lost);
    child.once("exit", end);
  });
  if (code !== 0) throw new Error(`onemap ${args.join(" ")} ended with ${code}:\n${said}`);
}
