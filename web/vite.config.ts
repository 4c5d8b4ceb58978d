// How the pages are built: every path relative to the page, so that they load under any prefix;
// nothing inlined, nothing fetched from elsewhere.
import { defineConfig } from "vitest/config";
import { budget, face, stableName } from "./bundles.ts";

// `make dev` says where its server listens.
declare const process: { env: Record<string, string | undefined> };
const server = process.env.ONEMAP_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig(({ command }) => ({
  // The server rewrites "./" by the page's own path: see PAGES in src/http/app.rs.
  base: command === "build" ? "./" : "/app/",
  plugins: [
    stableName(),
    face(),
    // What a first visit loads, gzipped, in bytes: docs/embedding.md tells the reader the same.
    budget({
      index: 420e3,
      plan: 90e3,
      embed: 370e3,
      builder: 380e3,
      widget: 370e3,
      worker: 160e3,
    }),
  ],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        index: "index.html",
        plan: "plan.html",
        embed: "embed.html",
        builder: "builder.html",
        widget: "src/widget/index.ts",
      },
      // The module /widget.js exports what its entry exports.
      preserveEntrySignatures: "exports-only",
    },
  },
  server: {
    // The bare root is the landing page, which the server answers as JSON.
    proxy: Object.fromEntries(
      [
        "^/(\\?.*)?$",
        "/collections",
        "/tiles",
        "/styles",
        "/places",
        "/screenings",
        "/oembed",
        "/health",
        "/metrics",
        "/problems",
      ].map((path) => [path, server]),
    ),
  },
  test: { include: ["src/**/*.test.ts"], css: true },
}));
