// The page for everyone: keyboard, screen reader, phone, dark, still.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PHONE } from "../browser.mjs";
import { lonePoint } from "./using.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** No violation of WCAG 2.2 A and AA and of axe's best practices. */
export async function assertAccessible(page, where) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const found = violations.map(
    ({ id, impact, nodes }) => `${id} (${impact}): ${nodes.map((n) => n.target).join("; ")}`,
  );
  assert.deepEqual(found, [], `axe, ${where}`);
}

async function axeFindsNothing(visit) {
  const { point, view } = await lonePoint(visit);
  for (const lang of ["zh", "en"]) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await visit.open(
        `/app#${view}&feature=pollution-sites/${point.id}&lang=${lang}`,
        { colorScheme },
      );
      await visit.idle();
      await page.locator(".card-head h2").waitFor();
      await page.locator(".legend-rows li").first().waitFor();
      await page.locator(".layer-more").first().click();
      await assertAccessible(page, `${lang}, ${colorScheme}`);
      if (colorScheme === "dark") await visit.shot(`dark-${lang}`);
    }
  }
}

async function phone(visit) {
  const { point, view } = await lonePoint(visit);
  const page = await visit.open(`/app#${view}&layers=pollution-sites,parcels&lang=zh`, {
    viewport: PHONE,
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
  });
  await visit.idle();
  assert.equal(await page.locator(".panel").isVisible(), false, "the list covers the map at once");
  await visit.shot("phone-map-zh");
  await page.locator(".panel-toggle").click();
  await page.locator(".panel").waitFor({ state: "visible" });
  await page.locator(".legend-rows li").first().waitFor();
  await assertAccessible(page, "phone, list open");
  await visit.shot("phone-layers-zh");
  await page.locator(".panel-close").click();
  await page.goto(`${visit.url}/app#${view}&feature=pollution-sites/${point.id}&lang=zh`);
  await page.locator(".card-head h2").waitFor();
  await assertAccessible(page, "phone, card open");
  await visit.shot("phone-card-zh");
  const card = await page.locator(".card").boundingBox();
  assert.ok(card.width >= PHONE.width - 1, "the card is no sheet");
  assert.ok(card.y > PHONE.height / 4, "the card covers the map");
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, PHONE.width, "the page is wider than the phone");
}

async function keyboard(visit) {
  const { view } = await lonePoint(visit);
  const page = await visit.open(`/app#${view}&layers=pollution-sites&lang=en`);
  await visit.idle();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "skip");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.locator(".card [data-fact=precision]").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H2");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".card").isVisible(), false);
  const label = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  assert.match(label ?? "", /^Map\./);
  await page.locator('[data-key="layer-pollution-sites"]').focus();
  await page.keyboard.press("Space");
  const key = await page.evaluate(() => document.activeElement?.dataset.key);
  assert.equal(key, "layer-pollution-sites", "the focus is lost when the list is redrawn");
}

export const access = {
  "axe finds nothing, in both languages, light and dark": axeFindsNothing,
  "a phone shows map, list and card, each in its place": phone,
  "the keyboard reaches the map, the card and back": keyboard,
};
