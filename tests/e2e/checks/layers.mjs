// What a person does with the list of layers, with the page's looks, and first of all.
import assert from "node:assert/strict";
import { assertAccessible } from "./access.mjs";
import { lonePoint } from "./using.mjs";

const WALL = { width: 2560, height: 1440 };

async function theFilterFindsLayers(visit) {
  const page = await visit.open("/app#layers=pollution-sites&lang=en");
  await visit.idle();
  const { collections } = await visit.json("/collections?lang=en");
  const box = page.getByRole("searchbox", { name: "Filter layers" });
  await box.fill("water INTAKE");
  await page.locator('.layer[data-layer="drinking-water-intakes"]').waitFor();
  const left = await page.$$eval(".layer", (rows) => rows.length);
  assert.ok(left < collections.length / 2, `${left} of ${collections.length} layers are left`);
  await box.fill("no such layer");
  await page.getByText("“no such layer”").waitFor();
  await box.fill("");
  await page.locator(".layer").nth(5).waitFor({ state: "attached" });
}

async function themesFoldAndCount(visit) {
  const page = await visit.open("/app#layers=pollution-sites&lang=en");
  await visit.idle();
  const soil = page.locator('[data-theme-id="soil"]');
  const fold = soil.locator("h3 button");
  assert.match(await fold.innerText(), /1 \/ \d+/);
  await fold.click();
  assert.equal(await soil.locator(".layer").first().isVisible(), false);
  await fold.click();
  await soil.locator(".layer").first().waitFor();
}

async function opacityIsInTheLink(visit) {
  const { view } = await lonePoint(visit);
  const page = await visit.open(`/app#${view}&layers=parcels&lang=en`);
  await visit.idle();
  const before = await page.locator(".map-canvas").screenshot();
  const row = page.locator('.layer[data-layer="parcels"]');
  await row.locator(".layer-more").click();
  const slider = row.getByRole("slider");
  for (let i = 0; i < 6; i += 1) await slider.press("ArrowLeft");
  await page.waitForFunction(() => location.hash.includes("layers=parcels:40"));
  await page.waitForTimeout(500);
  await visit.idle();
  const after = await page.locator(".map-canvas").screenshot();
  assert.ok(!before.equals(after), "the map is as it was");
  await assertAccessible(page, "more about a layer");
  const other = await visit.open(`/app${new URL(page.url()).hash}`);
  await visit.idle();
  await other.locator('.layer[data-layer="parcels"] .layer-more').click();
  const value = await other.locator('.layer[data-layer="parcels"] [type=range]').inputValue();
  assert.equal(value, "40");
}

async function theOrderIsChangedByKey(visit) {
  const two = "layers=ecological-spaces,parcels";
  const { view } = await lonePoint(visit);
  const page = await visit.open(`/app#${view}&${two}&lang=en`);
  await visit.idle();
  await page.getByRole("button", { name: "Order", exact: true }).click();
  await assertAccessible(page, "order of layers");
  const row = page.locator('.order [data-layer="parcels"]');
  const up = row.locator('[data-way="up"]');
  await up.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash.includes("layers=parcels,ecological-spaces"));
  const way = await page.evaluate(() => document.activeElement?.dataset.way);
  assert.equal(way, "up", "the focus is lost when a layer moves");
  await page.getByText("layer 1 of 2").waitFor({ state: "attached" });
  await visit.shot("order-en");
  const target = page.locator('.order [data-layer="parcels"]');
  await page.locator('.order [data-layer="ecological-spaces"]').dragTo(target);
  await page.waitForFunction(() => location.hash.includes("layers=ecological-spaces,parcels"));
}

async function theMapIsDrawnByNight(visit) {
  const { view } = await lonePoint(visit);
  const page = await visit.open(`/app#${view}&layers=parcels,pollution-sites&lang=zh`);
  await visit.idle();
  const light = () => page.$eval(".legend-rows .swatch circle", (dot) => dot.getAttribute("fill"));
  const day = await light();
  const before = await page.locator(".map-canvas").screenshot();
  await page.getByRole("button", { name: "换成深色" }).click();
  await page.waitForTimeout(500);
  await visit.idle();
  const after = await page.locator(".map-canvas").screenshot();
  assert.ok(!before.equals(after), "the map stays as by day");
  assert.notEqual(await light(), day, "the legend stays as by day");
  assert.match(page.url(), /theme=dark/);
  await visit.shot("dark-map-zh");
  await page.goto(`${visit.url}/app#${view}&lang=zh`);
  await page.reload();
  await page.getByRole("button", { name: "换成浅色" }).waitFor();
}

async function aStationShowsItsReadings(visit) {
  const { features } = await visit.json("/collections/air-stations/items?limit=1");
  const page = await visit.open(`/app#feature=air-stations/${features[0].id}&lang=zh`);
  await visit.idle();
  const related = page.locator('[data-related="air-readings"]');
  await related.locator(".chart").first().waitFor();
  assert.equal(await page.locator(".card-head h2").innerText(), features[0].properties.name);
  await assertAccessible(page, "card with readings");
  await visit.shot("card-readings-zh");
  await related.getByRole("button", { name: /显示全部/ }).click();
  assert.ok((await related.locator(".chart").count()) > 2);
  await related.getByRole("button", { name: /表格/ }).click();
  await page.locator("om-table table").waitFor();
}

async function aSurveyLeadsToItsRecordsAndItsSite(visit) {
  const { features } = await visit.json("/collections/survey-events/items?limit=40");
  const records = ({ properties: { eventID } }) =>
    visit.json(`/collections/occurrences/items?eventID=${eventID}&limit=1`);
  const known = await Promise.all(features.map(records));
  const event = features[known.findIndex(({ numberMatched }) => numberMatched > 5)];
  const page = await visit.open(`/app#feature=survey-events/${event.id}&lang=zh`);
  await visit.idle();
  const related = page.locator('[data-related="occurrences"]');
  const all = related.getByRole("button", { name: /查看全部/ });
  await all.waitFor();
  const [n] = (await all.innerText()).match(/\d+/);
  await all.click();
  await page.locator(".table-range").getByText(`共 ${n} 条`).waitFor();
  await page.getByRole("button", { name: "查看全部记录" }).click();
  await page.locator(".table-where").waitFor({ state: "detached" });
  await related.locator("td button").first().click();
  await page.locator('[data-part-of="survey-events"] button').click();
  await page.locator('[data-part-of="survey-sites"] button').click();
  await page.locator('[data-related="survey-events"]').waitFor();
}

async function coordinatesAndLinkAreCopied(visit) {
  const { point, view } = await lonePoint(visit);
  const page = await visit.open(`/app#${view}&feature=pollution-sites/${point.id}&lang=en`, {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await visit.idle();
  const pasted = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("button", { name: "Copy the coordinates" }).click();
  await page.locator(".card").getByText("Copied").waitFor();
  const [lon, lat] = (await pasted()).split(", ").map(Number);
  assert.ok(Math.abs(lon - point.geometry.coordinates[0]) < 0.001, "another longitude");
  assert.ok(Math.abs(lat - point.geometry.coordinates[1]) < 0.001, "another latitude");
  await page.getByRole("button", { name: "Copy a link to this view" }).click();
  await page.getByText("Link copied").waitFor();
  assert.equal(await pasted(), page.url());
  const data = await page.getByRole("link", { name: "Data (JSON)" }).getAttribute("href");
  assert.match(data ?? "", new RegExp(`/collections/pollution-sites/items/${point.id}\\?lang=en$`));
}

async function aNewcomerIsOfferedQuestions(visit) {
  const page = await visit.open("/app?lang=zh");
  await visit.idle();
  await page.locator(".welcome").waitFor();
  await assertAccessible(page, "questions");
  await visit.shot("questions-zh");
  await page.getByRole("button", { name: "哪些地方没有调查过？" }).click();
  await page.locator(".note").getByText("没有记录不等于没有风险").waitFor();
  assert.match(page.url(), /coverage=pollution-sites/);
  await page.goto(`${visit.url}/app?lang=zh`);
  await page.reload();
  await visit.idle();
  assert.equal(await page.locator(".welcome").count(), 0, "the questions come again");
  await page.getByRole("button", { name: "问题与用法" }).click();
  await page.getByRole("button", { name: "名录地块在哪里？" }).click();
  await page.locator("om-table table").waitFor();
  assert.match(page.url(), /layers=[^&]*risk-control-list/);
}

async function aWallIsReadFromAfar(visit) {
  const page = await visit.open("/app#lang=zh", { viewport: WALL });
  await visit.idle();
  const size = await page.$eval(".layer-title", (title) => getComputedStyle(title).fontSize);
  assert.ok(Number.parseFloat(size) >= 20, `titles of ${size}`);
  await visit.shot("wall-zh");
}

export const layers = {
  "a word filters the list of layers": theFilterFindsLayers,
  "themes fold and say how many of their layers are shown": themesFoldAndCount,
  "a layer's opacity is drawn and goes into the link": opacityIsInTheLink,
  "layers change their order by key and by hand, and the focus stays": theOrderIsChangedByKey,
  "map and legend are drawn by night, and the choice is remembered": theMapIsDrawnByNight,
  "a station's card shows its readings as charts": aStationShowsItsReadings,
  "a survey leads to its records, and to its site": aSurveyLeadsToItsRecordsAndItsSite,
  "coordinates and the link to the view can be copied": coordinatesAndLinkAreCopied,
  "a newcomer is offered questions, once": aNewcomerIsOfferedQuestions,
  "a wall screen has larger letters": aWallIsReadFromAfar,
};
