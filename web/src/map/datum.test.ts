import { expect, test } from "vitest";
import { fromWgs84, type LonLat, shifted, toWgs84 } from "./datum";

test("a published pair is met", () => {
  const [lon, lat] = fromWgs84("gcj02", [116.377817, 39.911954]);
  expect(lon).toBeCloseTo(116.38404722455657, 11);
  expect(lat).toBeCloseTo(39.91334545536069, 11);
});

test("back and forth ends where it began", () => {
  const places: LonLat[] = [
    [116.4, 39.9],
    [72.1, 1],
    [137.8, 55.8],
    [121.5, 31.2],
  ];
  for (const datum of ["wgs84", "gcj02", "bd09"] as const) {
    for (const at of places) {
      const [lon, lat] = toWgs84(datum, fromWgs84(datum, at));
      expect(Math.abs(lon - at[0]) + Math.abs(lat - at[1]), `${datum} ${at}`).toBeLessThan(1e-9);
    }
  }
});

test("in the capital the shift is some hundred metres, and BD-09 is farther", () => {
  const at: LonLat = [116.4, 39.9];
  const metres = (to: LonLat) => Math.hypot((to[0] - at[0]) * 85_400, (to[1] - at[1]) * 111_000);
  expect(metres(fromWgs84("gcj02", at))).toBeGreaterThan(400);
  expect(metres(fromWgs84("gcj02", at))).toBeLessThan(700);
  expect(metres(fromWgs84("bd09", at))).toBeGreaterThan(900);
  expect(fromWgs84("gcj02", [9.5, 47.1])).toEqual([9.5, 47.1]);
});

test("coordinates are moved however deep they lie", () => {
  const ring: LonLat[] = [
    [116.4, 39.9],
    [116.5, 39.9],
  ];
  const moved = shifted("gcj02", [[ring]]);
  expect(moved[0]?.[0]?.[1]).toEqual(fromWgs84("gcj02", [116.5, 39.9]));
  expect(shifted("wgs84", ring)).toBe(ring);
});
