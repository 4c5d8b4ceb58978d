// The arithmetic of a map on paper.
import { expect, test } from "vitest";
import { barOf, metresPerPixel, roundScale, scaleOf, zoomForScale } from "./picture";

test("a pixel at the equator, zoom 0, is a 512th of the earth's girth", () => {
  expect(metresPerPixel(0, 0)).toBeCloseTo(78271.517, 3);
  expect(metresPerPixel(60, 1)).toBeCloseTo(78271.517 / 4, 3);
});

test("scale and zoom are each other's inverse", () => {
  for (const scale of [1000, 25_000, 250_000]) {
    expect(scaleOf(39.92, zoomForScale(39.92, scale))).toBeCloseTo(scale, 3);
  }
});

test("a round scale shows at least as much", () => {
  expect(roundScale(24_000)).toBe(25_000);
  expect(roundScale(25_000)).toBe(25_000);
  expect(roundScale(98_000)).toBe(100_000);
});

test("a scale bar is round and fits", () => {
  const { metres, pixels } = barOf(39.92, 12, 120);
  expect([1, 2, 5]).toContain(metres / 10 ** Math.floor(Math.log10(metres)));
  expect(pixels).toBeLessThanOrEqual(120);
  expect(pixels).toBeGreaterThan(40);
});
