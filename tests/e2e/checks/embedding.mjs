// The map on other people's pages: of another origin, under their policies, without scripts, behind a
// proxy, and pasted from the page that writes the code.
import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { PHONE } from "../browser.mjs";
import { assertAccessible } from "./access.mjs";
import { lonePoint } from "./using.mjs";

/** A page that holds this and has a policy; its own styles are those of a careless host. */
async function hostPage(visit, body, policy = null) {
  return visit.host((request, response) => {
    if (request.url !== "/") {
      response.writeHead(404).end();
      return;
    }
    const headers = { "content-type": "text/html; charset=utf-8" };
    if (policy) headers["content-security-policy"] = policy;
    response.writeHead(200, headers);
    response.end(`<!doctype html><html lang="zh"><head><title>门户</title><link rel="icon" href="data:,">
      <link rel="stylesheet" href="data:text/css,html{font-size:62.5%25}*{color:rgb(130,0,0);letter-spacing:4px}h1{font:20px serif}">
      </head><body><main><h1>门户</h1>${body}<p id="after">after</p></main></body></html>`);
  });
}

/** What a host that allows nothing else must allow. */
const component = (url) =>
  `default-src 'none'; script-src ${url}; connect-src ${url}; worker-src blob:; style-src data:; img-src data:`;

/** Remembers what the element tells. */
const LISTEN = () => {
  globalThis.told = [];
  for (const type of ["ready", "move", "select", "error"]) {
    addEventListener(`one-map-${type}`, ({ detail }) => globalThis.told.push({ type, detail }));
  }
};

const told = (page, type) =>
  page.evaluate((type) => globalThis.told.filter((event) => event.type === type), type);

async function ready(page) {
  await page.waitForFunction(() => globalThis.told.some(({ type }) => type === "ready"), null, {
    timeout: 60_000,
  });
}

async function foreignComponent(visit) {
  const { point } = await lonePoint(visit);
  const [lon, lat] = point.geometry.coordinates;
  const snippet = `<script type="module" src="${visit.url}/widget.js"></script>
    <one-map layers="pollution-sites,parcels" center="${lon},${lat}" zoom="17" lang="en" height="480">
    <a href="${visit.url}/app">fallback</a></one-map>`;
  const host = await hostPage(visit, snippet, component(visit.url));
  const page = await visit.open(`${host}/`, { before: (page) => page.addInitScript(LISTEN) });
  await ready(page);
  await visit.idle();
  const map = page.locator("one-map");
  assert.equal(await map.locator("a", { hasText: "fallback" }).isVisible(), false);
  for (const always of ["Map not reviewed", "Demonstration data", "Full map"]) {
    assert.ok(await map.getByText(always, { exact: false }).first().isVisible(), always);
  }
  assert.equal(
    await page.locator("h1").evaluate((h) => getComputedStyle(h).fontFamily),
    "serif",
    "the host's style is changed",
  );
  const foot = map.locator(".foot");
  const look = await foot.evaluate((e) => [getComputedStyle(e).fontSize, e.clientWidth]);
  assert.equal(look[0], "11px", "the host's root size reaches into the map");
  const spaced = await map.locator(".review").evaluate((e) => getComputedStyle(e).letterSpacing);
  assert.equal(spaced, "normal", "the host's letters reach into the map");

  const box = await map.locator(".map-canvas").boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await map.locator(".card h2").waitFor();
  const heading = await map.locator(".card h2").innerText();
  await map.locator(".card-source dl").waitFor();
  const [{ detail }] = await told(page, "select");
  assert.deepEqual([detail.layer, detail.id, detail.title], ["pollution-sites", point.id, heading]);
  await visit.shot("embed-component-card");
  await page.keyboard.press("Escape");
  assert.equal(await map.locator(".card").count(), 0);
  assert.equal((await told(page, "select")).at(-1).detail, null);

  await map.locator(".panel-toggle").click();
  await map.locator(".legend-rows li").first().waitFor();
  await assertAccessible(page, "the component, its layers open");
  await visit.shot("embed-component-layers");
  assert.deepEqual(await told(page, "error"), []);
  assert.deepEqual(await page.context().cookies(), [], "a cookie");
  const kept = await page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    (await indexedDB.databases()).length,
    (await caches?.keys?.())?.length ?? 0,
  ]);
  assert.deepEqual(kept, [0, 0, 0, 0], "something is stored");
  assert.ok(await page.locator("#after").isVisible());
}

async function methods(visit) {
  const { point } = await lonePoint(visit);
  const snippet = `<script type="module" src="${visit.url}/widget.js"></script>
    <one-map layers="parcels,no-such-layer"></one-map>`;
  const host = await hostPage(visit, snippet);
  const page = await visit.open(`${host}/`, { before: (page) => page.addInitScript(LISTEN) });
  await ready(page);
  const [{ detail: failure }] = await told(page, "error");
  assert.deepEqual([failure.kind, failure.layer], ["layer", "no-such-layer"]);
  const map = page.locator("one-map");
  await map.getByText("此地图上没有图层").waitFor();
  await page.evaluate(() => document.querySelector("one-map").setLayers(["pollution-sites"]));
  assert.equal(await map.getByText("此地图上没有图层").count(), 0);
  await page.evaluate(() =>
    document.querySelector("one-map").flyTo({ center: [116.5, 39.9], zoom: 14 }),
  );
  await page.waitForFunction(() =>
    globalThis.told.some(
      ({ type, detail }) => type === "move" && Math.abs(detail.zoom - 14) < 0.01,
    ),
  );
  const asked = page.waitForRequest(/pollution-sites\.json\?.*datetime=2015/);
  await page.evaluate(() => document.querySelector("one-map").setAttribute("time", "2015"));
  await asked;
  assert.equal((await told(page, "ready")).length, 1, "another time begins the map anew");
  const whole = await map.locator(".full-map").getAttribute("href");
  assert.match(whole, /#map=14\.00\/39\.90000\/116\.50000&.*time=2015/);
  const found = await page.evaluate(
    async ([id]) => [
      await document.querySelector("one-map").select("pollution-sites", id),
      await document.querySelector("one-map").select("pollution-sites", 999_999_999),
    ],
    [point.id],
  );
  visit.expected = [/404/];
  assert.deepEqual(found, [true, false]);
  await page.evaluate(() => document.querySelector("one-map").setAttribute("lang", "en"));
  await map.getByText("Map not reviewed").waitFor();
  const before = await page.evaluate(() => globalThis.told.length);
  await page.evaluate(() => {
    const map = document.querySelector("one-map");
    map.remove();
    document.querySelector("main").append(map);
  });
  await page.waitForFunction(
    (n) => globalThis.told.slice(n).some(({ type }) => type === "ready"),
    before,
    { timeout: 60_000 },
  );
}

async function foreignFrame(visit) {
  const { point } = await lonePoint(visit);
  const [lon, lat] = point.geometry.coordinates;
  const address = `${visit.url}/embed?layers=pollution-sites&map=17/${lat}/${lon}&lang=zh&utm_source=x`;
  const frame = `<iframe src="${address}" width="700" height="460" title="map" frameborder="0"></iframe>`;
  const host = await hostPage(
    visit,
    frame,
    `default-src 'none'; frame-src ${visit.url}; style-src data:; img-src data:`,
  );
  const page = await visit.open(`${host}/`, {
    before: (page) =>
      page.addInitScript(() => {
        globalThis.told = [];
        if (window === parent)
          addEventListener("message", ({ data }) => globalThis.told.push(data));
      }),
  });
  const heard = async (type, fits) => {
    const end = Date.now() + 60_000;
    while (Date.now() < end) {
      const found = (await page.evaluate(() => globalThis.told)).find(
        (message) => message.type === type && fits(message.detail),
      );
      if (found) return found.detail;
      await page.waitForTimeout(100);
    }
    throw new Error(`no message ${type}`);
  };
  await heard("one-map-ready", ({ layers }) => layers.join() === "pollution-sites");
  const post = (message) =>
    page.evaluate((message) => {
      document.querySelector("iframe").contentWindow.postMessage(message, "*");
    }, message);
  await post({ type: "one-map-do-select", layer: "pollution-sites", id: point.id });
  await heard("one-map-select", (detail) => detail?.id === point.id);
  await post({ type: "one-map-fly-to", center: [116.5, 39.9], zoom: 12 });
  await heard("one-map-move", ({ zoom }) => Math.abs(zoom - 12) < 0.01);
  await post({ type: "one-map-set-layers", layers: ["nothing-here"] });
  await heard("one-map-error", ({ layer }) => layer === "nothing-here");
  await visit.shot("embed-frame");
  // A frame within the frame's page has no say.
  const child = page.frames().find((other) => other.url().startsWith(visit.url));
  await child.evaluate(() =>
    postMessage({ type: "one-map-set-layers", layers: ["from-itself"] }, "*"),
  );
  await page.waitForTimeout(300);
  const last = await page.evaluate(() => JSON.stringify(globalThis.told));
  assert.ok(!last.includes("from-itself"), "it obeys somebody else");
}

async function withoutScripts(visit) {
  const page = await visit.open(
    "/embed?layers=parcels,pollution-sites,drinking-water-intakes&lang=zh",
    {
      javaScriptEnabled: false,
    },
  );
  const { collections } = await visit.json("/collections?lang=zh");
  for (const id of ["parcels", "pollution-sites", "drinking-water-intakes"]) {
    const { title } = collections.find((layer) => layer.id === id);
    assert.ok(await page.getByRole("rowheader", { name: title, exact: true }).isVisible(), id);
  }
  assert.equal(await page.getByRole("row").count(), 4);
  assert.ok(await page.getByText("地图未经审核").isVisible());
  assert.ok(await page.getByRole("link", { name: "打开完整地图" }).isVisible());
  for (const link of await page.getByRole("link", { name: "GeoJSON" }).all()) {
    const response = await fetch(new URL(await link.getAttribute("href"), page.url()));
    assert.equal(response.status, 200);
  }
  await visit.shot("embed-without-scripts");
}

async function oembed(visit) {
  const page = await visit.open("/app?lang=zh");
  const link = await page.locator('link[type="application/json+oembed"]').getAttribute("href");
  const rich = await (await fetch(link)).json();
  assert.equal(rich.type, "rich");
  const host = await hostPage(
    visit,
    rich.html,
    `default-src 'none'; frame-src ${visit.url}; style-src data:; img-src data:`,
  );
  const pasted = await visit.open(`${host}/`);
  const map = pasted.frameLocator("iframe").locator('.map-canvas[data-state="idle"]');
  await map.waitFor({ timeout: 60_000 });
}

/** Asks for code on the page that writes it, and gives it back with the policy it names. */
async function written(visit, lang) {
  const page = await visit.open(`/app/embed?lang=${lang}`);
  await visit.idle();
  await page.locator('input[name="layers"]').nth(1).check();
  const chosen = page.locator(".layer-choice input:checked");
  while ((await chosen.count()) > 0) await chosen.first().uncheck();
  const { collections } = await visit.json(`/collections?lang=${lang}`);
  const { title } = collections.find(({ id }) => id === "parcels");
  await page.locator(".layer-choice").getByLabel(title, { exact: true }).check();
  const canvas = await page.locator(".map-canvas").boundingBox();
  await page.mouse.move(canvas.x + 300, canvas.y + 200);
  await page.mouse.down();
  await page.mouse.move(canvas.x + 380, canvas.y + 240, { steps: 4 });
  await page.mouse.up();
  await page.locator('input[name="view"]').nth(1).check();
  await visit.idle();
  const code = (name) => page.locator(`.code[data-code=${name}] pre`).innerText();
  const needs = await page.locator(".codes .hint code").allInnerTexts();
  return {
    page,
    frame: { code: await code("iframe"), needs: needs[0] },
    element: { code: await code("component"), needs: needs[1] },
  };
}

async function builder(visit) {
  const { page, frame, element } = await written(visit, "zh");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator(".code[data-code=iframe] button").click();
  await page.locator(".copied", { hasText: "已复制" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), frame.code);
  await assertAccessible(page, "the builder");
  await visit.shot("embed-builder-zh");
  for (const { code, needs } of [frame, element]) {
    assert.match(code, /layers="?=?parcels/);
    const policy = `default-src 'none'; style-src data:; img-src data:; ${needs}`;
    const host = await hostPage(visit, code, policy);
    const pasted = await visit.open(`${host}/`);
    const root = code.startsWith("<iframe") ? pasted.frameLocator("iframe") : pasted;
    await root.locator('.map-canvas[data-state="idle"]').waitFor({ timeout: 60_000 });
    await root.locator(".panel-toggle").click();
    assert.equal(await root.locator(".panel .layer").count(), 1, "other layers than chosen");
  }
}

async function builderForEveryone(visit) {
  for (const colorScheme of ["light", "dark"]) {
    const page = await visit.open("/app/embed?lang=en", { colorScheme, viewport: PHONE });
    await visit.idle();
    await page.locator('input[name="layers"]').nth(1).check();
    await assertAccessible(page, `the builder, ${colorScheme}`);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, PHONE.width, "wider than the phone");
    await visit.shot(`embed-builder-phone-${colorScheme}`);
  }
}

async function frameForEveryone(visit) {
  const { point, view } = await lonePoint(visit);
  for (const lang of ["zh", "en"]) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await visit.open(
        `/embed?${view}&layers=pollution-sites,parcels&feature=pollution-sites/${point.id}&lang=${lang}`,
        { colorScheme, viewport: { width: 420, height: 560 } },
      );
      await visit.idle();
      await page.locator(".card h2").waitFor();
      await page.locator(".card-source").waitFor();
      await assertAccessible(page, `the frame, ${lang}, ${colorScheme}`);
      await visit.shot(`embed-small-${lang}-${colorScheme}`);
    }
  }
}

/** A proxy that serves the map below a prefix of its own, and nothing else. */
async function underPrefix(visit) {
  if (!visit.again) return;
  let inner = null;
  const outer = await visit.host((request, response) => {
    const below = request.url.startsWith("/one/map/") ? request.url.slice("/one/map".length) : null;
    if (below === null || inner === null) {
      response.writeHead(404).end();
      return;
    }
    const passed = httpRequest(
      new URL(below, inner.url),
      { headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(passed);
  });
  inner = await visit.again(["--base-url", `${outer}/one/map`]);
  try {
    for (const path of ["/app?lang=zh", "/embed?lang=zh", "/app/embed?lang=zh"]) {
      await visit.open(`${outer}/one/map${path}`);
      await visit.idle();
    }
    const code = `<script type="module" src="${outer}/one/map/widget.js"></script><one-map></one-map>`;
    const host = await hostPage(visit, code, component(outer));
    await visit.open(`${host}/`);
    await visit.idle();
  } finally {
    await inner.stop();
  }
}

/** A page on shifted degrees gets tiles that lie right on it, and hears of places as it has them. */
async function shiftedHost(visit) {
  const { point } = await lonePoint(visit);
  const style = await visit.json("/styles/onemap?datum=gcj02");
  const [source] = Object.values(style.sources);
  assert.match(source.url, /datum=gcj02/);
  const snippet = `<script type="module" src="${visit.url}/widget.js"></script>
    <one-map layers="pollution-sites" datum="gcj02" feature="pollution-sites/${point.id}"></one-map>`;
  const host = await hostPage(visit, snippet, component(visit.url));
  const page = await visit.open(`${host}/`, { before: (page) => page.addInitScript(LISTEN) });
  await page.waitForFunction(() => globalThis.told.some(({ type }) => type === "select"), null, {
    timeout: 60_000,
  });
  await visit.idle();
  const [{ detail }] = await told(page, "select");
  const [lon, lat] = point.geometry.coordinates;
  const metres = Math.hypot(
    (detail.center[0] - lon) * 111_320 * Math.cos((lat * Math.PI) / 180),
    (detail.center[1] - lat) * 111_320,
  );
  assert.ok(metres > 300 && metres < 800, `shifted by ${metres} m`);
  // The mark, which the page shifts, lies on the point, which the server shifts: a click on it hits.
  await page.locator("one-map .card-close").click();
  await page.evaluate((center) => {
    document.querySelector("one-map").flyTo({ center, zoom: 18 });
  }, detail.center);
  await visit.idle();
  const box = await page.locator("one-map .map-canvas").boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.locator("one-map .card h2").waitFor();
  assert.equal((await told(page, "select")).at(-1).detail.id, point.id);
  const link = await page.locator("one-map .full-map").getAttribute("href");
  const [, y, x] = /map=[\d.]+\/([\d.]+)\/([\d.]+)/.exec(link);
  assert.ok(Math.abs(x - lon) < 0.001 && Math.abs(y - lat) < 0.001, `the full map at ${x}, ${y}`);
}

export const embedding = {
  "a page of another origin embeds the component under a strict policy": foreignComponent,
  "the embedding page moves the component and hears of it": methods,
  "a page of another origin embeds the frame and talks with it": foreignFrame,
  "without scripts the frame is a link and a table": withoutScripts,
  "oEmbed is found from the map and its code works": oembed,
  "the code that the builder writes works where it is pasted": builder,
  "the builder is for everyone, on a phone, light and dark": builderForEveryone,
  "the frame is for everyone, in both languages, light and dark": frameForEveryone,
  "every page loads behind a proxy with a prefix": underPrefix,
  "a host on shifted degrees gets a map that lies right on it": shiftedHost,
};
