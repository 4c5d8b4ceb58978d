import type { Geometry, Position } from "geojson";
import { expect, test } from "vitest";
import { lengthM, type Place } from "./measure";
import { offset } from "./offset";

const square: Position[] = [
  [116.45, 39.9],
  [116.452, 39.9],
  [116.452, 39.9015],
  [116.45, 39.9015],
  [116.45, 39.9],
];
const parcel: Geometry = { type: "Polygon", coordinates: [square] };

/** The distance of a place from the square's outline, on the ellipsoid, by trying. */
function distance([lon = 0, lat = 0]: Position): number {
  const clamp = (x: number, low: number, high: number) => Math.min(Math.max(x, low), high);
  const nearest: Place = [clamp(lon, 116.45, 116.452), clamp(lat, 39.9, 39.9015)];
  return lengthM([[lon, lat], nearest]);
}

test("every corner of the outline lies that far from the area", () => {
  for (const metres of [200, 500, 1000]) {
    const ring = offset(parcel, metres);
    expect(ring?.coordinates).toHaveLength(1);
    for (const at of ring?.coordinates[0] ?? []) {
      expect(Math.abs(distance(at) - metres)).toBeLessThan(metres * 0.003);
    }
  }
});

test("around parts far from each other there are outlines of their own", () => {
  const far = square.map(([lon = 0, lat = 0]) => [lon + 0.05, lat]);
  const both: Geometry = { type: "MultiPolygon", coordinates: [[square], [far]] };
  expect(offset(both, 500)?.coordinates).toHaveLength(2);
  expect(offset(both, 3000)?.coordinates).toHaveLength(1);
});

test("a point has no ring of this kind", () => {
  expect(offset({ type: "Point", coordinates: [116.45, 39.9] }, 500)).toBe(null);
});
