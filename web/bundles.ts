// What the bundler does beyond bundling: `/widget.js`, whose name never changes, and the budget of
// what each page loads at first.
import type { Plugin, Rolldown } from "vite";

type Bundle = Rolldown.OutputBundle;

/** `widget.js` names the hashed file of the entry `widget`; the server serves it at its root. */
export function stableName(): Plugin {
  return {
    name: "onemap-stable-name",
    generateBundle(_options, bundle) {
      const entry = Object.values(bundle).find(
        (file) => file.type === "chunk" && file.isEntry && file.name === "widget",
      );
      if (!entry) throw new Error("the entry `widget` is missing");
      this.emitFile({
        type: "asset",
        fileName: "widget.js",
        source: `export * from "./app/${entry.fileName}";\n`,
      });
    },
  };
}

/** Lays the face that `/fonts` draws its letters with, and its licence, beside the pages. */
export function face(): Plugin {
  const home = new URL("node_modules/dejavu-fonts-ttf/", import.meta.url).pathname;
  return {
    name: "onemap-face",
    async generateBundle() {
      for (const [file, fileName] of [
        ["ttf/DejaVuSans.ttf", "fonts/DejaVuSans.ttf"],
        ["LICENSE", "fonts/LICENSE.txt"],
      ] as const) {
        const source = await this.fs.readFile(home + file);
        this.emitFile({ type: "asset", fileName, source });
      }
    },
  };
}

/**
 * Prints what each entry loads before it can draw (its script, what that imports at once, their
 * styles), gzipped, and the map's worker; fails where one exceeds its budget. Bytes.
 */
export function budget(most: Readonly<Record<string, number>>): Plugin {
  return {
    name: "onemap-budget",
    async writeBundle(_options, bundle) {
      const sizes = new Map<string, number>();
      for (const file of Object.values(bundle)) {
        if (file.type === "chunk" && file.isEntry) {
          sizes.set(file.name, await gzipped(bundle, loadedBy(file.fileName, bundle)));
        }
      }
      const worker = Object.keys(bundle).filter((name) => name.includes("worker"));
      sizes.set("worker", await gzipped(bundle, new Set(worker)));
      const over: string[] = [];
      for (const [name, bytes] of [...sizes].sort(([a], [b]) => a.localeCompare(b))) {
        const limit = most[name];
        if (limit === undefined) throw new Error(`no budget for ${name}`);
        const line = `${name.padEnd(8)} ${kilobytes(bytes)} of ${kilobytes(limit)} gzipped`;
        this.info(line);
        if (bytes > limit) over.push(line);
      }
      if (over.length > 0) throw new Error(`over budget:\n${over.join("\n")}`);
    },
  };
}

function loadedBy(first: string, bundle: Bundle): Set<string> {
  const loaded = new Set<string>();
  const load = (name: string) => {
    const file = bundle[name];
    if (loaded.has(name) || file?.type !== "chunk") return;
    loaded.add(name);
    for (const css of file.viteMetadata?.importedCss ?? []) loaded.add(css);
    for (const next of file.imports) load(next);
  };
  load(first);
  return loaded;
}

async function gzipped(bundle: Bundle, names: ReadonlySet<string>): Promise<number> {
  let bytes = 0;
  for (const name of names) {
    const file = bundle[name];
    const content = file?.type === "chunk" ? file.code : (file?.source ?? "");
    const packed = new Blob([content as BlobPart]).stream();
    const zipped = new Response(packed.pipeThrough(new CompressionStream("gzip")));
    bytes += (await zipped.arrayBuffer()).byteLength;
  }
  return bytes;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(6)} kB`;
}
