import type { Geometry } from "geojson";
import { expect, test } from "vitest";
import type { Bbox } from "../api/types";
import { spotOf } from "./spot";

const WORLD: Bbox = [-180, -90, 180, 90];
const square = (w: number, s: number, e: number, n: number) => [
  [w, s],
  [e, s],
  [e, n],
  [w, n],
  [w, s],
];

test("the mark of an area lies inside it, also where its middle does not", () => {
  // A U: the middle of its box is outside.
  const u: Geometry = {
    type: "Polygon",
    coordinates: [
      [
        [0, 0],
        [10, 0],
        [10, 10],
        [8, 10],
        [8, 2],
        [3, 2],
        [3, 10],
        [0, 10],
        [0, 0],
      ],
    ],
  };
  expect(spotOf(u, WORLD)).toEqual([1.5, 5]);
});

test("the mark of an area keeps out of its holes", () => {
  const ring: Geometry = {
    type: "Polygon",
    coordinates: [square(0, 0, 10, 10), square(2, 2, 9, 8)],
  };
  expect(spotOf(ring, WORLD)).toEqual([1, 5]);
});

test("the mark of an area that reaches far is where it can be seen", () => {
  const large: Geometry = { type: "Polygon", coordinates: [square(0, 0, 10, 10)] };
  expect(spotOf(large, [9, 9, 12, 12])).toEqual([9.5, 9.5]);
});

test("a point is its own mark, a line's is one of its corners in sight", () => {
  expect(spotOf({ type: "Point", coordinates: [3, 4] }, WORLD)).toEqual([3, 4]);
  const line: Geometry = {
    type: "LineString",
    coordinates: [
      [0, 0],
      [5, 5],
      [6, 5],
      [50, 50],
    ],
  };
  expect(spotOf(line, [4, 4, 7, 7])).toEqual([6, 5]);
});
