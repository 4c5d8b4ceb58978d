// What a person does with the tools over the map, the search box, the tables and the plan board.
import assert from "node:assert/strict";
import { assertAccessible } from "./access.mjs";

const atDistrict = "#map=12.00/39.92000/116.46000";

async function aPlaceIsFoundByPinyin(visit) {
  const page = await visit.open("/app?lang=zh");
  await visit.idle();
  const box = page.getByRole("combobox");
  await box.fill("jiuxianqiao");
  const first = page.getByRole("option").first();
  await first.waitFor();
  assert.match(await first.innerText(), /酒仙桥/);
  await box.press("ArrowDown");
  assert.equal(await box.getAttribute("aria-activedescendant"), "search-0");
  await assertAccessible(page, "search results");
  await visit.shot("search-zh");
  await box.press("Enter");
  await page.locator(".card h2").getByText("酒仙桥").waitFor();
  assert.match(page.url(), /feature=subdistricts\//);
}

async function aParcelIsFoundByItsNumber(visit) {
  const { features } = await visit.json("/collections/parcels/items?limit=3");
  const number = features[1].properties.parcel_id;
  const page = await visit.open("/app?lang=en");
  await visit.idle();
  await page.getByRole("combobox").fill(number);
  await page.getByRole("option").first().click();
  await page.locator(".card").getByText(number).first().waitFor();
  assert.match(page.url(), new RegExp(`feature=parcels/${features[1].id}`));
}

async function aCoordinateIsFoundInItsSystem(visit) {
  const page = await visit.open("/app?lang=en");
  await visit.idle();
  const box = page.getByRole("combobox");
  await box.fill("116.46, 39.92");
  const option = page.locator('[role="option"].coordinate').first();
  await option.waitFor();
  assert.match(await option.innerText(), /WGS|CGCS/);
  await option.click();
  await page.waitForFunction(() => /map=1[6-9]\.\d+\/39\.92\d*\/116\.46/.test(location.hash));
}

async function nothingFoundSaysWhatToTry(visit) {
  const page = await visit.open("/app?lang=en");
  await visit.idle();
  await page.getByRole("combobox").fill("no such place at all");
  await page.getByText(/Nothing found/).waitFor();
}

async function measuringAgreesWithGeodesy(visit) {
  const page = await visit.open(`/app?lang=en${atDistrict}`);
  await visit.idle();
  await page.getByRole("button", { name: "Measure an area" }).click();
  const canvas = page.locator(".map-canvas canvas").first();
  await canvas.focus();
  // Corners set by keyboard: at the cross, then moved by the arrow keys.
  await canvas.press("Enter");
  for (const key of ["ArrowRight", "ArrowUp"]) {
    await canvas.press(key);
    await page.waitForTimeout(700);
    await canvas.press("Enter");
  }
  const rows = page.locator(".measured div");
  await rows.nth(1).waitFor();
  const area = await rows.nth(1).locator("dd").innerText();
  assert.match(area, /(ha|km²|m²)/);
  // MapLibre's arrow keys move 100 px: half of a square of 100 px at zoom 12, in m².
  const metre = (40_075_016.686 * Math.cos((39.92 * Math.PI) / 180)) / (512 * 2 ** 12);
  const square = Number(/\(([\d,]+)\u00a0m²\)/.exec(area)?.[1].replaceAll(",", ""));
  assert.ok(Math.abs(square / ((100 * metre) ** 2 / 2) - 1) < 0.02, area);
  await canvas.press("Backspace");
  await page.locator(".measured div").nth(1).waitFor({ state: "detached" });
  await visit.shot("measure-en");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".tool-panel").count(), 0);
}

async function aYearChangesWhatIsShown(visit) {
  const asked = [];
  const page = await visit.open(`/app?lang=en${atDistrict}&layers=pollution-sites`);
  page.on("request", (request) => asked.push(request.url()));
  await visit.idle();
  await page.getByRole("button", { name: "Show a year" }).click();
  await page.getByLabel("All times").uncheck();
  await page.getByRole("button", { name: "A year earlier" }).click();
  assert.match(page.url(), /time=\d{4}/);
  await page.waitForFunction(() => document.querySelector(".time output")?.textContent !== "");
  await visit.idle();
  assert.ok(
    asked.some((url) => /\/tiles\/pollution-sites.*datetime=/.test(url)),
    "no tile was asked for with a time",
  );
  await visit.shot("year-en");
}

async function twoLayersStandSideBySide(visit) {
  const page = await visit.open(`/app?lang=zh${atDistrict}`);
  await visit.idle();
  await page.getByRole("button", { name: "对比两个图层" }).click();
  const left = await page.locator('[data-side="left"]').inputValue();
  const right = await page.locator('[data-side="right"]').inputValue();
  assert.deepEqual([left, right], ["land-use-current", "land-use-plan"]);
  await page.locator(".compare-map canvas").waitFor();
  await page.waitForTimeout(1500);
  const before = await page.locator(".compare-map").evaluate((map) => map.style.clipPath);
  await page.getByLabel("分界线位置").press("ArrowRight");
  const after = await page.locator(".compare-map").evaluate((map) => map.style.clipPath);
  assert.notEqual(before, after);
  assert.match(page.url(), /compare=land-use-current,land-use-plan,51/);
  await visit.shot("compare-zh");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".compare-map").count(), 0);
}

async function aLayerCanBeReadAsATable(visit) {
  const page = await visit.open("/app?lang=en#layers=pollution-sites");
  await visit.idle();
  const row = page.locator('.layer[data-layer="pollution-sites"]');
  await row.locator(".layer-more").click();
  await row.getByRole("button", { name: /table/i }).first().click();
  const table = page.locator(".table table");
  await table.waitFor();
  const { numberMatched } = await visit.json("/collections/pollution-sites/items?limit=1");
  assert.match(await page.locator(".table-range").innerText(), /^1–50 of /);
  const range = await page.locator(".table-range").innerText();
  assert.equal(range.replace(/.* of /, "").replaceAll(",", ""), String(numberMatched));
  await assertAccessible(page, "a table");
  await page.getByRole("button", { name: "Next page" }).click();
  await page.locator(".table-range", { hasText: "51–" }).waitFor();
  await visit.shot("table-en");
  const filter = page.locator(".table select").first();
  const code = await filter.locator("option").nth(1).getAttribute("value");
  await filter.selectOption(code);
  await page.locator(".table-range", { hasText: /^\s*1–/ }).waitFor();
  await table.locator("tbody button").first().click();
  await page.locator(".card h2").waitFor();
  assert.match(page.url(), /feature=pollution-sites\//);
}

async function theMapCanBePrinted(visit) {
  const page = await visit.open(`/app?lang=zh${atDistrict}`);
  await visit.idle();
  await page.getByRole("button", { name: "打印", exact: true }).click();
  await page.locator(".sheet-map img").waitFor({ timeout: 60_000 });
  const sheet = await page.locator(".sheet").innerText();
  for (const needed of [/1:[\d,]+/, /图例/, /数据来源/, /地图未经审核|审图号/, /演示数据/, /北/]) {
    assert.match(sheet, needed);
  }
  await assertAccessible(page, "the print view");
  await visit.shot("print-zh");
  await page.getByLabel("比例尺").selectOption("25000");
  await page.locator(".sheet").getByText("1:25,000").first().waitFor();
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const pages = pdf.toString("latin1").match(/\/MediaBox \[[^\]]*\]/g) ?? [];
  assert.ok(pages.length >= 1 && pages.length <= 4, `${pages.length} pages`);
  assert.match(pages[0], /84[12]\.\d+ 59[45]/, "not A4 landscape");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".sheet").count(), 0);
}

async function thePlanBoardTellsWhatHasNoData(visit) {
  const { numberMatched } = await visit.json("/collections/plan-indicators/items?limit=1");
  for (const lang of ["zh", "en"]) {
    const page = await visit.open(`/app/plan?lang=${lang}`);
    const cards = page.locator(".plan-card");
    await cards.first().waitFor();
    assert.equal(await cards.count(), numberMatched);
    assert.ok((await page.locator('[data-status="no_values"]').count()) > 0, "all have data");
    assert.ok((await page.locator(".chart").count()) > 5, "few charts");
    assert.match(await page.locator("om-plan").innerText(), /PM2\.5/);
    await assertAccessible(page, `the plan board, ${lang}`);
    await visit.shot(`plan-${lang}`);
    await page.getByRole("button", { name: lang === "zh" ? "表格" : "Table" }).click();
    assert.equal(await page.locator(".plan-table tbody tr").count(), numberMatched);
    await assertAccessible(page, `the plan as a table, ${lang}`);
  }
}

export const tools = {
  "a sub-district is found by pinyin and opened by keyboard": aPlaceIsFoundByPinyin,
  "a parcel is found by its number": aParcelIsFoundByItsNumber,
  "a coordinate is found, and how it was read is told": aCoordinateIsFoundInItsSystem,
  "a search without result says what to try": nothingFoundSaysWhatToTry,
  "an area measured by keyboard agrees with geodesy": measuringAgreesWithGeodesy,
  "a year changes which tiles are asked for": aYearChangesWhatIsShown,
  "two layers stand side by side with a line to move": twoLayersStandSideBySide,
  "a layer can be read as a table, paged, filtered, and left for the map": aLayerCanBeReadAsATable,
  "the map can be printed with all that a map needs": theMapCanBePrinted,
  "the plan board shows every target and what has no data": thePlanBoardTellsWhatHasNoData,
};
