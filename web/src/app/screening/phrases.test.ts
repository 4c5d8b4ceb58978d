import { expect, test } from "vitest";
import { learn, tongue } from "../../text";
import { screening } from "../../text/screening";
import { finding } from "./fixture";
import { direction, share, whereabouts } from "./phrases";

learn("screening", screening);
const en = tongue("en");
const plain = (parts: string[]) => parts.join("; ").replaceAll("\u00a0", " ");

test("a share that is little is not nothing, and one that is not all is not all", () => {
  expect([0, 0.0001, 0.1234, 0.9996, 1].map((value) => share(value, en))).toEqual([
    "0%",
    "<0.1%",
    "12.3%",
    ">99.9%",
    "100%",
  ]);
});

test("directions are words of the compass", () => {
  expect([0, 44, 91, 225, 338, 359.9].map((degrees) => direction(degrees, en))).toEqual([
    "north",
    "north-east",
    "east",
    "south-west",
    "north",
    "north",
  ]);
});

test("a feature on the parcel tells what it shares with it, not a distance", () => {
  const found = finding({ overlap_m2: 1300.8, overlap_share: 0.1234, bearing: 10 });
  expect(plain(whereabouts(found, en))).toBe("On the parcel; Overlaps 1300.8 m² (12.3%)");
});

test("a feature known roughly has an interval, and may be in this ring only", () => {
  const found = finding({
    ring: "within_500m",
    distance_m: 300,
    distance_interval_m: [50, 1250],
    bearing: 180,
    possible: true,
  });
  expect(plain(whereabouts(found, en))).toBe(
    "50 m to 1.25 km away (position known roughly); south; Possibly in this ring",
  );
});

test("a feature across a road says so, with the distance", () => {
  const found = finding({ ring: "adjoining", across_road: true, distance_m: 18.24, bearing: 90 });
  expect(plain(whereabouts(found, en))).toBe("Across a road; 18.2 m away; east");
});
