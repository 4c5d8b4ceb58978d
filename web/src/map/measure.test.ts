// Measures agree with figures that others have published or PROJ's geod gives.
import { expect, test } from "vitest";
import { areaM2, crossesItself, lengthM, type Place } from "./measure";

test("a length is that of the geodesic (Karney's example: JFK to LHR, 5551.759 km)", () => {
  expect(
    lengthM([
      [-73.8, 40.6],
      [-0.5, 51.6],
    ]) / 1000,
  ).toBeCloseTo(5551.759, 3);
  expect(lengthM([[116, 40]])).toBe(0);
});

test("a hundredth of a degree at Chaoyang is 853 by 1110 m, whichever way round", () => {
  const ring: Place[] = [
    [116.45, 39.92],
    [116.46, 39.92],
    [116.46, 39.93],
    [116.45, 39.93],
  ];
  const area = areaM2(ring);
  expect(area).toBeGreaterThan(854 * 1110);
  expect(area).toBeLessThan(856 * 1111);
  expect(areaM2([...ring].reverse())).toBeCloseTo(area, 6);
  expect(areaM2(ring.slice(0, 2))).toBe(0);
});

test("a bow-tie crosses itself, a square does not", () => {
  const square: Place[] = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];
  const bow: Place[] = [
    [0, 0],
    [1, 1],
    [1, 0],
    [0, 1],
  ];
  expect(crossesItself(square)).toBe(false);
  expect(crossesItself(bow)).toBe(true);
});
