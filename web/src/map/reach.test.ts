import { expect, test } from "vitest";
import { lengthM, type Place } from "./measure";
import { reachOf } from "./reach";

test("the reach of a point is a closed circle of so many metres", () => {
  const at: Place = [116.5, 39.95];
  const [ring = []] = reachOf({ type: "Point", coordinates: at }, 7107)?.coordinates ?? [];
  expect(ring[0]).toEqual(ring.at(-1));
  for (const corner of ring) {
    expect(Math.abs(lengthM([at, corner as Place]) - 7107)).toBeLessThan(30);
  }
});

test("an area has no reach, nor a point of which nobody knows how far", () => {
  expect(reachOf({ type: "Point", coordinates: [116.5, 39.95] }, null)).toBeNull();
  expect(reachOf({ type: "LineString", coordinates: [] }, 50)).toBeNull();
});
