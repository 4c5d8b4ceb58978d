// The page when things go wrong, and with data that mean harm.
import assert from "node:assert/strict";
import { lonePoint } from "./using.mjs";

const NETWORK = /Failed to load resource|net::ERR/;

async function serverDown(visit) {
  visit.expected = [NETWORK];
  let down = true;
  const page = await visit.open("/app?lang=zh", {
    before: (page) =>
      page.route(/\/(collections|styles|\?lang)/, (route) =>
        down ? route.abort() : route.continue(),
      ),
  });
  await page.getByText("连不上服务器").first().waitFor();
  await visit.shot("server-down-zh");
  down = false;
  await page.locator(".panel .button").click();
  await page.locator(".layer").first().waitFor();
  await visit.idle();
}

async function oneLayerFails(visit) {
  visit.expected = [NETWORK];
  const page = await visit.open("/app?lang=zh", {
    before: (page) => page.route(/\/tiles\/parcels/, (route) => route.abort()),
  });
  await page.locator('.layer[data-layer="parcels"]').getByText("暂时取不到").waitFor();
  await visit.idle();
  const others = page.locator('.layer:not([data-layer="parcels"])').getByText("暂时取不到");
  assert.equal(await others.count(), 0);
}

async function oneSchemaFails(visit) {
  visit.expected = [NETWORK];
  const page = await visit.open("/app?lang=zh", {
    before: (page) => page.route(/\/pollution-sites\/schema/, (route) => route.abort()),
  });
  await page
    .locator('.layer[data-layer="pollution-sites"]')
    .getByText("暂时取不到图例的文字")
    .waitFor();
  await visit.idle();
}

async function hostileWords(visit) {
  const { point } = await lonePoint(visit);
  const hostile = '"><img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>';
  const page = await visit.open(`/app#feature=pollution-sites/${point.id}&lang=zh`, {
    before: (page) =>
      page.route(/\/items\/\d+/, async (route) => {
        const response = await route.fetch();
        const item = await response.json();
        for (const [field, value] of Object.entries(item.properties)) {
          if (typeof value === "string") item.properties[field] = hostile;
        }
        await route.fulfill({ response, json: item });
      }),
  });
  await page.locator(".card-head h2").waitFor();
  assert.equal(await page.locator(".card-head h2").innerText(), hostile);
  assert.equal(await page.locator(".card img, .card script").count(), 0);
  assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
}

async function strictPolicy(visit) {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "img-src 'self' data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const page = await visit.open("/app?lang=zh", {
    before: (page) =>
      page.route(/\/app(\?|$)/, async (route) => {
        const response = await route.fetch();
        const headers = { ...response.headers(), "content-security-policy": policy };
        await route.fulfill({ response, headers });
      }),
  });
  await visit.idle();
  await page.locator(".legend-rows li").first().waitFor();
}

async function recordGone(visit) {
  visit.expected = [/404/];
  const page = await visit.open("/app#feature=pollution-sites/999999999&lang=zh");
  await page.locator(".card").getByText("这条记录已不存在").waitFor();
}

export const failing = {
  "a server that does not answer is told in a sentence, and trying again helps": serverDown,
  "a layer whose tiles fail does not take the page with it": oneLayerFails,
  "a layer whose schema fails does not take the page with it": oneSchemaFails,
  "words from the data are never read as markup": hostileWords,
  "the page works under a strict content security policy": strictPolicy,
  "a record that is gone is said to be gone": recordGone,
};
