import { expect, test } from "vitest";
import { entriesOf, ringGroups } from "./entries";
import { finding, rule, words } from "./fixture";

const attention = { rule: rule("R14"), verdict: "attention" } as const;
const near = (feature: number, distance_m: number) =>
  finding({ ...attention, feature, distance_m, ring: "within_500m", sentence: words("near") });

test("rings come in order of distance, the parcel itself first", () => {
  const rings = ["within_1000m", "adjoining", null, "within_500m", "on_site"];
  const findings = rings.map((ring, n) =>
    finding({ ring, feature: ring ? n : null, layer: ring ? "a" : null, ...attention }),
  );
  expect(ringGroups({ findings }).map(({ ring }) => ring)).toEqual([
    null,
    "on_site",
    "adjoining",
    "within_500m",
    "within_1000m",
  ]);
});

test("what rules say of several features alike is said once, the nearest first", () => {
  const [group] = ringGroups({ findings: [near(7, 300), near(8, 120), near(9, 450)] });
  expect(group?.blocks).toHaveLength(1);
  expect(group?.blocks[0]?.rules).toHaveLength(1);
  expect(group?.blocks[0]?.entries.map(({ feature }) => feature)).toEqual([8, 7, 9]);
});

test("a feature of which two rules speak is one entry under both", () => {
  const barred = { rule: rule("R7"), verdict: "construction_barred", feature: 3 } as const;
  const findings = [finding(barred), finding({ ...attention, feature: 3 })];
  const groups = ringGroups({ findings });
  expect(entriesOf(groups)).toHaveLength(1);
  expect(groups[0]?.blocks[0]?.rules.map(({ rule: fired }) => fired?.id)).toEqual(["R7", "R14"]);
});

test("the most severe stands first in its ring, what no rule speaks of last", () => {
  const findings = [
    finding({ feature: 1, distance_m: 1 }),
    finding({ ...attention, feature: 2, distance_m: 5 }),
    finding({ rule: rule("R6"), verdict: "prohibited", feature: 3, distance_m: 9 }),
  ];
  expect(entriesOf(ringGroups({ findings })).map(({ feature }) => feature)).toEqual([3, 2, 1]);
});

test("numbers run through the whole list, and what has no feature has none", () => {
  const findings = [
    finding({ ...attention, ring: null, layer: null, feature: null }),
    near(8, 120),
    near(7, 300),
    finding({ ...attention, feature: 5 }),
  ];
  const entries = entriesOf(ringGroups({ findings }));
  expect(entries.map(({ feature, number }) => [feature, number])).toEqual([
    [5, 1],
    [8, 2],
    [7, 3],
  ]);
});
