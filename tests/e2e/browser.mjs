// A browser and one visit to the page: what a person does in it, and what must not happen meanwhile.
import assert from "node:assert/strict";
import { access } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { chromium } from "playwright-core";

const CANDIDATES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

export async function findChromium() {
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(":")];
  for (const path of folders.flatMap((folder) => CANDIDATES.map((name) => join(folder, name)))) {
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  throw new Error(`no browser found: install chromium (looked for ${CANDIDATES.join(", ")})`);
}

/** Chromium, headless, drawing WebGL in software and calling nobody. */
export async function openBrowser() {
  return chromium.launch({
    executablePath: await findChromium(),
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--ignore-gpu-blocklist",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export const DESKTOP = { width: 1360, height: 860 };
export const PHONE = { width: 390, height: 844 };

/** One person's visit. A check that expects errors names them in `expected`. */
export class Visit {
  expected = [];
  #browser;
  #contexts = [];
  #errors = [];
  #foreign = [];

  #hosts = [];
  #servers = [];

  constructor(browser, { url, again = null }, shots) {
    this.#browser = browser;
    this.url = url;
    /** Serves the same data with more arguments; null: it runs elsewhere. */
    this.again = again;
    this.shots = shots;
    this.page = null;
  }

  /** A page of its own; `before` may set up routes. */
  async open(path, { before = async () => {}, ...options } = {}) {
    const context = await this.#browser.newContext({
      viewport: DESKTOP,
      locale: "zh-CN",
      reducedMotion: "reduce",
      ...options,
    });
    this.#contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on("console", (message) => {
      if (message.type() === "error") this.#errors.push(message.text());
    });
    page.on("pageerror", (error) => this.#errors.push(String(error)));
    page.on("request", (request) => {
      const url = request.url();
      const ours = [this.url, ...this.#hosts].some((host) => url.startsWith(`${host}/`));
      if (!ours && !/^(data|blob):/.test(url)) this.#foreign.push(url);
    });
    await before(page);
    this.page = page;
    await page.goto(path.startsWith("http:") ? path : this.url + path);
    return page;
  }

  /** Another site of this machine, which answers as `answer(path, response)` does. */
  async host(answer) {
    const server = createServer((request, response) => answer(request, response));
    await new Promise((listening) => server.listen(0, "localhost", listening));
    const url = `http://localhost:${server.address().port}`;
    this.#hosts.push(url);
    this.#servers.push(server);
    return url;
  }

  /** Waits until the map has drawn all it can. */
  async idle(page = this.page) {
    await page.waitForSelector('.map-canvas[data-state="idle"]', { timeout: 60_000 });
    await page.waitForTimeout(150);
    await page.waitForSelector('.map-canvas[data-state="idle"]', { timeout: 60_000 });
  }

  async click(x, y) {
    const box = await this.page.locator(".map-canvas").boundingBox();
    await this.page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  }

  /** The server's JSON. */
  async json(path) {
    const response = await fetch(this.url + path, { headers: { accept: "application/json" } });
    assert.equal(response.status, 200, `${path} answered ${response.status}`);
    return response.json();
  }

  async shot(name) {
    await this.page?.screenshot({ path: join(this.shots, `${name}.png`) });
  }

  /** Nothing complained, and nobody but the server was called. */
  assertQuiet() {
    const unexpected = this.#errors.filter((text) => !this.expected.some((e) => e.test(text)));
    assert.deepEqual(unexpected, [], "errors in the console");
    assert.deepEqual(this.#foreign, [], "requests to somebody else");
  }

  async close() {
    for (const context of this.#contexts) await context.close();
    for (const server of this.#servers) server.close();
  }
}
