// What a person does with the page.
import assert from "node:assert/strict";

/** A published point of the pollution sites that no other stands close to. */
export async function lonePoint(visit) {
  const { features } = await visit.json("/collections/pollution-sites/items?limit=500");
  const points = features.filter((feature) => feature.geometry?.type === "Point");
  const far = (a, b) =>
    Math.hypot(
      a.geometry.coordinates[0] - b.geometry.coordinates[0],
      a.geometry.coordinates[1] - b.geometry.coordinates[1],
    ) > 0.001;
  const lone = points.filter((a) => points.every((b) => a === b || far(a, b)));
  const point = lone.find((feature) => feature.precision_m !== null) ?? lone[0];
  assert.ok(point, "no pollution site stands alone");
  const [lon, lat] = point.geometry.coordinates;
  return { point, view: `map=17.00/${lat.toFixed(5)}/${lon.toFixed(5)}` };
}

const checked = (page) =>
  page.$$eval(".panel input[data-key^=layer-]:checked", (boxes) =>
    boxes.map((box) => box.dataset.key.replace("layer-", "")),
  );

async function layersAreListed(visit) {
  const page = await visit.open("/app?lang=zh");
  await visit.idle();
  assert.equal(await page.locator("[data-onemap-placeholder]").count(), 0, "the placeholder page");
  const { collections } = await visit.json("/collections?lang=zh");
  assert.ok(collections.length >= 8, `${collections.length} layers`);
  for (const { id, title, onemap } of collections) {
    const row = page.locator(`.layer[data-layer="${id}"]`);
    assert.equal(await row.locator(".layer-title").innerText(), title);
    const toggles = await row.locator("input[data-key^=layer-]").count();
    if (onemap.form === "existence") {
      assert.equal(toggles, 0, `${id} can be switched on`);
      assert.match(await row.innerText(), /由主管部门持有，内容不公开/);
    } else if (onemap.geometry !== null) assert.equal(toggles, 1, `${id} cannot be switched on`);
    if (onemap.form === "generalised") assert.match(await row.innerText(), /位置已概化/);
  }
  assert.match(await page.locator(".header").innerText(), /演示数据/);
  assert.match(await page.locator(".footer").innerText(), /地图未经审核|审图号/);
  await visit.shot("desktop-zh");
}

async function legendIsInWords(visit) {
  const page = await visit.open("/app?lang=zh");
  await visit.idle();
  const rows = await page.$$eval(".legend-rows li", (items) => items.map((li) => li.textContent));
  assert.ok(rows.length > 5, `only ${rows.length} legend entries`);
  const { collections } = await visit.json("/collections?lang=zh");
  const codes = new Set();
  const words = new Set();
  for (const { id, onemap } of collections) {
    if (onemap.form === "existence") continue;
    const { properties } = await visit.json(`/collections/${id}/schema?lang=zh`);
    for (const { oneOf = [] } of Object.values(properties)) {
      for (const code of oneOf) {
        codes.add(String(code.const));
        words.add(code.title);
      }
    }
  }
  assert.ok(
    rows.some((row) => words.has(row)),
    "no legend entry is a code list's word",
  );
  for (const row of rows) {
    assert.ok(!codes.has(row) || words.has(row), `the legend shows the raw code ${row}`);
    assert.notEqual(row.trim(), "", "a legend entry without words");
  }
}

async function clickShowsTheCard(visit) {
  const { point, view } = await lonePoint(visit);
  const page = await visit.open(`/app#${view}&layers=pollution-sites&lang=zh`);
  await visit.idle();
  await visit.click(0.5, 0.5);
  const card = page.locator(".card");
  await card.locator("[data-fact=precision]").waitFor();
  const text = await card.innerText();
  const { properties } = await visit.json("/collections/pollution-sites/schema?lang=zh");
  for (const [field, { title, oneOf }] of Object.entries(properties)) {
    if (field.endsWith("_lod")) continue;
    const words = await card.locator(`[data-field="${field}"] dd`).innerText();
    assert.ok(text.includes(title), `the card lacks ${title}`);
    const value = point.properties[field];
    if (value === null) assert.equal(words, "未记录");
    if (oneOf && value !== null) {
      assert.equal(words, oneOf.find((code) => code.const === value)?.title);
    }
  }
  const { onemap } = await visit.json("/collections/pollution-sites?lang=zh");
  assert.ok(text.includes(onemap.provenance.publisher), "the card lacks the publisher");
  assert.ok(text.includes(onemap.provenance.licence), "the card lacks the licence");
  const precision = await card.locator("[data-fact=precision] dd").innerText();
  const metres = point.precision_m;
  assert.equal(precision, metres === null ? "未说明精度" : `± ${metres} 米`);
  assert.match(page.url(), new RegExp(`feature=pollution-sites/${point.id}`));
  await visit.shot("card-zh");
}

async function severalHitsCanBeChosen(visit) {
  const { view } = await lonePoint(visit);
  const page = await visit.open(`/app#${view}&layers=pollution-sites,parcels&lang=en`);
  await visit.idle();
  await visit.click(0.5, 0.5);
  const choices = page.locator(".choice");
  await page.locator(".card-back").click();
  await choices.first().waitFor();
  assert.ok((await choices.count()) >= 2, "only one choice");
  await visit.shot("choice-en");
  await choices.last().click();
  await page.locator(".card-head h2").waitFor();
  await page.locator(".card-back").click();
  assert.ok((await choices.count()) >= 2, "the way back is lost");
}

async function languageCanBeSwitched(visit) {
  const { point, view } = await lonePoint(visit);
  const page = await visit.open(
    `/app#${view}&layers=pollution-sites&feature=pollution-sites/${point.id}&lang=zh`,
  );
  await visit.idle();
  await page.locator(".card-head h2").waitFor();
  await page.getByRole("button", { name: "EN" }).click();
  const title = (await visit.json("/collections/pollution-sites?lang=en")).title;
  await page.getByText(title, { exact: true }).first().waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  const { onemap } = await visit.json("/?lang=en");
  assert.equal(await page.locator("h1").innerText(), onemap.district.name);
  await page.locator(".card").getByText("Source and quality").waitFor();
  const { properties } = await visit.json("/collections/pollution-sites/schema?lang=en");
  await page.locator(".card").getByText(properties.kind.title, { exact: true }).waitFor();
  assert.match(page.url(), /lang=en/);
  await visit.shot("card-en");
  await page.goBack();
  await page.locator(".card").getByText("来源与质量").waitFor();
}

async function permalinkRestores(visit) {
  const { point, view } = await lonePoint(visit);
  const page = await visit.open(`/app#${view}&layers=pollution-sites,parcels&lang=en`);
  await visit.idle();
  const link = `#${view}&layers=pollution-sites&feature=pollution-sites/${point.id}&lang=en`;
  const other = await visit.open(`/app${link}`);
  await visit.idle();
  assert.deepEqual(await checked(other), ["pollution-sites"]);
  await other.locator(".card-head h2").waitFor();
  assert.match(other.url(), /map=17\.00\//);

  await page.bringToFront();
  await page.locator('[data-key="layer-parcels"]').uncheck();
  assert.match(page.url(), /layers=pollution-sites(&|$)/);
  await page.goBack();
  assert.deepEqual((await checked(page)).sort(), ["parcels", "pollution-sites"]);
  await page.goForward();
  assert.deepEqual(await checked(page), ["pollution-sites"]);
}

async function unknownLayerIsNoted(visit) {
  const page = await visit.open("/app#layers=parcels,no-such-layer&lang=en");
  await page.locator(".note").getByText("no-such-layer").waitFor();
  await visit.idle();
  assert.deepEqual(await checked(page), ["parcels"]);
  await page.locator(".note button").click();
  assert.equal(await page.locator(".note").count(), 0);
}

async function clustersZoomIn(visit) {
  const { extent } = await visit.json("/collections/pollution-sites");
  const [w, s, e, n] = extent.spatial.bbox[0];
  const page = await visit.open(
    `/app#map=9.00/${((s + n) / 2).toFixed(5)}/${((w + e) / 2).toFixed(5)}&layers=pollution-sites&lang=en`,
  );
  await visit.idle();
  const legend = await page.locator('.layer[data-layer="pollution-sites"] .legend').allInnerTexts();
  if (!legend.join().includes("Several points together")) return;
  for (let y = 0.2; y < 0.8; y += 0.02) {
    for (let x = 0.2; x < 0.8; x += 0.02) {
      const box = await page.locator(".map-canvas").boundingBox();
      await page.mouse.move(box.x + box.width * x, box.y + box.height * y);
      const cursor = await page.$eval(".maplibregl-canvas", (canvas) => canvas.style.cursor);
      if (cursor !== "pointer") continue;
      await visit.click(x, y);
      await page.waitForTimeout(1200);
      assert.doesNotMatch(page.url(), /map=9\.00/);
      return;
    }
  }
  assert.fail("no cluster found under the pointer");
}

async function coverageIsHatched(visit) {
  const page = await visit.open("/app#layers=pollution-sites&lang=zh");
  await visit.idle();
  const row = page.locator('.layer[data-layer="pollution-sites"]');
  const before = await page.locator(".map-canvas").screenshot();
  await row.getByText("显示未调查范围").click();
  await row.getByText("没有记录不等于没有风险").waitFor();
  await page.waitForTimeout(500);
  await visit.idle();
  assert.match(page.url(), /coverage=pollution-sites/);
  const after = await page.locator(".map-canvas").screenshot();
  assert.ok(!before.equals(after), "the map shows no hatching");
  await visit.shot("coverage-zh");
}

export const using = {
  "the layers are listed by theme, held ones named and not switchable": layersAreListed,
  "the legend speaks in words, never in codes": legendIsInWords,
  "a click on a site shows its card in words with source and precision": clickShowsTheCard,
  "several things in one place can be chosen from": severalHitsCanBeChosen,
  "the language can be switched and switched back": languageCanBeSwitched,
  "a permalink restores the page, and back and forward work": permalinkRestores,
  "an unknown layer in a permalink is left out with a note": unknownLayerIsNoted,
  "a cluster zooms in instead of opening a card": clustersZoomIn,
  "what was not looked at can be hatched": coverageIsHatched,
};
