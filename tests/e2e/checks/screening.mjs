// A parcel screened in the map: clicked, by its number, drawn, and by a link.
import assert from "node:assert/strict";
import { PHONE } from "../browser.mjs";
import { assertAccessible } from "./access.mjs";

const VERDICTS = [
  "prohibited",
  "construction_barred",
  "survey_required",
  "attention",
  "incomplete",
  "no_known_trigger",
];

/** A view in which a parcel is large, and that parcel. */
async function aParcel(visit) {
  const { features } = await visit.json(
    "/collections/parcels/items?limit=200&bbox=116.445,39.912,116.465,39.925",
  );
  const sized = features
    .filter(({ geometry, properties }) => geometry.type === "Polygon" && properties.planned_use)
    .map((feature) => ({ feature, middle: middleOf(feature.geometry.coordinates[0]) }));
  const [first] = sized.sort((a, b) => b.feature.properties.area_m2 - a.feature.properties.area_m2);
  const fit = sized.find(({ feature }) => feature.properties.area_m2 < 20_000) ?? first;
  assert.ok(fit, "no parcel to screen");
  const [lon, lat] = fit.middle;
  // The panel lies over the right of the map: the parcel is left of its middle.
  return { ...fit, view: `map=17.00/${lat.toFixed(5)}/${(lon + 0.001).toFixed(5)}` };
}

function middleOf(ring) {
  const corners = ring.slice(1);
  const mean = (at) => corners.reduce((sum, corner) => sum + corner[at], 0) / corners.length;
  return [mean(0), mean(1)];
}

/** Clicks a place of the world in the map as it was opened by `view`. */
async function clickPlace(visit, [lon, lat], view) {
  const [zoom, lat0, lon0] = view.replace("map=", "").split("/").map(Number);
  const box = await visit.page.locator(".map-canvas").boundingBox();
  const world = 512 * 2 ** zoom;
  const north = (at) => Math.log(Math.tan(Math.PI / 4 + (at * Math.PI) / 360)) / (2 * Math.PI);
  await visit.page.mouse.click(
    box.x + box.width / 2 + ((lon - lon0) / 360) * world,
    box.y + box.height / 2 - (north(lat) - north(lat0)) * world,
  );
}

/** The verdict, once it is there for what is asked now. */
async function verdict(page) {
  await page.locator('.answer[aria-busy="false"] .verdict').waitFor();
  return page.locator(".verdict").getAttribute("data-verdict");
}

async function aParcelIsScreened(visit) {
  const { feature, middle, view } = await aParcel(visit);
  const page = await visit.open(`/app?lang=zh#${view}`);
  await visit.idle();
  await page.getByRole("button", { name: "地块筛查" }).click();
  await page.locator(".screening .use input").waitFor();
  await visit.shot("screening-begin-zh");
  await clickPlace(visit, middle, view);
  await verdict(page);
  const number = feature.properties.parcel_id;
  assert.match(await page.locator(".parcel-chosen").innerText(), new RegExp(number));
  // What is on record is taken, and said.
  const use = page.getByRole("combobox", { name: "规划用途" });
  assert.match(await use.inputValue(), new RegExp(`按登记.*${feature.properties.planned_use}`));
  await use.fill("0701");
  await page.getByRole("option", { name: /^0701\s*城镇住宅用地$/ }).click();
  await page.waitForFunction(() => /use=ydyh-2023:0701/.test(location.hash));
  assert.ok(VERDICTS.includes(await verdict(page)));
  const asked = `/screenings?${new URLSearchParams({ parcel: number, planned: "ydyh-2023:0701" })}`;
  const answer = await visit.json(asked);
  assert.equal(await page.locator(".verdict").getAttribute("data-verdict"), answer.verdict);
  assert.equal(await page.locator(".known").getAttribute("data-complete"), `${answer.complete}`);
  assert.match(await page.locator(".answer").innerText(), new RegExp(answer.verdict_sentence.zh));
  const said = await page.locator(".unknowns").innerText();
  for (const { sentence } of answer.unknowns) assert.ok(said.includes(sentence.zh), sentence.zh);
  const features = new Set(
    answer.findings.filter((f) => f.feature !== null).map((f) => `${f.layer}/${f.feature}`),
  );
  await page.evaluate(() => {
    for (const more of document.querySelectorAll(".block > .link")) more.click();
  });
  await page.waitForFunction(
    (n) => document.querySelectorAll(".entry").length === n,
    features.size,
  );
  await visit.idle();
  await visit.shot("screening-zh");
  await assertAccessible(page, "a screening, zh");
  if (features.size > 0) await aFindingIsShown(page);
}

/** Goes to what was found, opens its record, and comes back to the screening. */
async function aFindingIsShown(page) {
  const first = page.locator(".entry").first();
  await first.locator(".entry-name").click();
  await page.locator('.entry[data-active="true"]').waitFor();
  await first.locator(".entry-record").click();
  await page.locator(".card h2").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".card").waitFor({ state: "hidden" });
  assert.equal(await page.locator(".screening").count(), 1, "the screening went with the card");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".screening").count(), 0);
  assert.doesNotMatch(page.url(), /screen=/);
}

async function aLinkAsksTheSameAgain(visit) {
  const { feature, view } = await aParcel(visit);
  const number = feature.properties.parcel_id;
  const link = `${view}&screen=id:${number}&use=ydyh-2023:0701,ydyh-2023:0901`;
  const page = await visit.open(`/app?lang=zh#${link}&lang=zh`);
  await visit.idle();
  const before = await verdict(page);
  const zh = await page.locator(".answer").innerText();
  assert.equal(await page.locator(".use-chips li").count(), 2, "the mixed use is not shown");
  await page.getByRole("button", { name: "EN", exact: true }).click();
  await page.getByRole("heading", { name: "Screen a parcel" }).waitFor();
  assert.equal(await verdict(page), before);
  const en = await page.locator(".answer").innerText();
  assert.notEqual(en, zh);
  assert.match(page.url(), new RegExp(`screen=id:${number}&use=ydyh-2023:0701,ydyh-2023:0901`));
  for (const colorScheme of ["light", "dark"]) {
    const other = await visit.open(`/app#${link}&lang=en`, { colorScheme });
    await verdict(other);
    await visit.idle();
    await assertAccessible(other, `a screening, en, ${colorScheme}`);
    await visit.shot(`screening-en-${colorScheme}`);
  }
}

async function aDrawnParcelIsScreened(visit) {
  const { view } = await aParcel(visit);
  const page = await visit.open(`/app?lang=en#${view}`);
  await visit.idle();
  await page.getByRole("button", { name: "Screen a parcel" }).click();
  await page.getByRole("button", { name: "Draw it" }).click();
  // By keyboard: corners at the cross, which the arrow keys move.
  const canvas = page.locator(".map-canvas canvas").first();
  await canvas.press("Enter");
  for (const key of ["ArrowRight", "ArrowUp"]) {
    await canvas.press(key);
    await page.waitForTimeout(700);
    await canvas.press("Enter");
  }
  await page.locator(".drawn", { hasText: "m²" }).waitFor();
  await visit.shot("screening-drawn-en");
  await page.getByRole("button", { name: "Done" }).click();
  await verdict(page);
  assert.match(page.url(), /screen=area:/);
  assert.match(await page.locator(".parcel-chosen").innerText(), /outline you drew/);
  assert.equal(await page.locator(".parcel-chosen").count(), 1);
}

async function aReportIsKept(visit) {
  const { feature, view } = await aParcel(visit);
  const number = feature.properties.parcel_id;
  const page = await visit.open(`/app#${view}&screen=id:${number}&use=ydyh-2023:0701&lang=en`);
  await verdict(page);
  const opened = page.context().waitForEvent("page");
  await page.getByRole("button", { name: "Keep and open the report" }).click();
  const report = await opened;
  await report.waitForURL(/\/screenings\/[^/]+\.html/);
  await report.locator("body").getByText(number).first().waitFor();
  await page.getByRole("link", { name: /^Report / }).waitFor();
}

async function aParcelsCardLeadsToItsScreening(visit) {
  const { feature, view } = await aParcel(visit);
  const page = await visit.open(`/app#${view}&feature=parcels/${feature.id}&lang=zh`, {
    viewport: PHONE,
    isMobile: true,
    hasTouch: true,
  });
  await visit.idle();
  await page.getByRole("button", { name: "筛查此地块" }).click();
  await verdict(page);
  await page.locator(".parcel-chosen", { hasText: feature.properties.parcel_id }).waitFor();
  const panel = await page.locator(".screening").boundingBox();
  assert.ok(panel.width >= PHONE.width - 1 && panel.y > PHONE.height / 4, "the panel is no sheet");
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, PHONE.width, "the page is wider than the phone");
  await visit.idle();
  await visit.shot("screening-phone-zh");
  await assertAccessible(page, "a screening on a phone");
}

async function aParcelThatIsNotThereIsTold(visit) {
  visit.expected.push(/status of 4\d\d/);
  const page = await visit.open("/app?lang=en");
  await visit.idle();
  await page.getByRole("button", { name: "Screen a parcel" }).click();
  await page.getByRole("button", { name: "By number" }).click();
  await page.getByRole("textbox", { name: "Parcel number" }).fill("no such parcel");
  await page.getByRole("button", { name: "Screen", exact: true }).click();
  await page
    .locator(".screening .state-failed")
    .getByText(/no such parcel/)
    .waitFor();
}

export const screening = {
  "a clicked parcel is screened for a chosen use": aParcelIsScreened,
  "a link asks the same screening again, in either language": aLinkAsksTheSameAgain,
  "a parcel drawn by keyboard is screened": aDrawnParcelIsScreened,
  "a screening is kept as a report and opened": aReportIsKept,
  "a parcel's card leads to its screening, on a phone": aParcelsCardLeadsToItsScreening,
  "a parcel that is not there is told": aParcelThatIsNotThereIsTold,
};
