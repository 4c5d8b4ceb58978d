import { expect, test } from "vitest";
import type { Value } from "./expression";
import { type LegendGroup, legendOf } from "./legend";
import type { DrawnLayer } from "./style";

const layer = (
  type: string,
  paint: Record<string, unknown>,
  filter?: unknown,
  id = type,
): DrawnLayer => ({
  id,
  type,
  layout: {},
  paint: paint as Record<string, Value>,
  ...(filter === undefined ? {} : { filter: filter as Value }),
});

const meanings = (groups: LegendGroup[]) =>
  groups.map(({ field, entries }) => [field, entries.map(({ meaning }) => meaning)]);

const colours = (group: LegendGroup | undefined) =>
  group?.entries.map(({ look }) => look.map((coat) => coat.color).join("+"));

test("a layer of one colour has one entry", () => {
  const legend = legendOf([layer("fill", { "fill-color": "green" }), layer("line", {})]);
  expect(meanings(legend)).toEqual([[null, [{ kind: "everything" }]]]);
  expect(colours(legend[0])).toEqual(["green+#000000"]);
});

test("branches of a match become entries, each with every coat of paint", () => {
  const colour = ["match", ["get", "kind"], "gas", "red", ["mine", "pit"], "brown", "grey"];
  const legend = legendOf([
    layer("fill", { "fill-color": colour }),
    layer("line", { "line-color": "black" }),
  ]);
  expect(meanings(legend)).toEqual([
    [
      "kind",
      [
        { kind: "values", field: "kind", values: ["gas"] },
        { kind: "values", field: "kind", values: ["mine", "pit"] },
        { kind: "others", field: "kind", known: ["gas", "mine", "pit"] },
      ],
    ],
  ]);
  expect(colours(legend[0])).toEqual(["red+black", "brown+black", "grey+black"]);
});

test("labels that look like expressions are data", () => {
  const colour = ["match", ["get", "kind"], ["has", "get"], "red", "grey"];
  const legend = legendOf([layer("fill", { "fill-color": colour })]);
  expect(legend.map((group) => group.field)).toEqual(["kind"]);
});

test("steps become ranges, and a value below detection has its own entry", () => {
  const colour = [
    "case",
    ["has", "zn"],
    ["step", ["get", "zn"], "white", 300, "orange", 600, "red"],
    ["has", "zn_lod"],
    "blue",
    "grey",
  ];
  const legend = legendOf([layer("circle", { "circle-color": colour })]);
  expect(legend).toHaveLength(1);
  const [bound300, bound600] = [300, 600].map((value) => ({ value, upper: true }));
  expect(meanings(legend)).toEqual([
    [
      "zn",
      [
        { kind: "range", field: "zn", from: null, to: bound300 },
        { kind: "range", field: "zn", from: bound300, to: bound600 },
        { kind: "range", field: "zn", from: bound600, to: null },
        { kind: "below-detection", field: "zn" },
        { kind: "not-recorded", field: "zn" },
      ],
    ],
  ]);
  expect(colours(legend[0])).toEqual(["white", "orange", "red", "blue", "grey"]);
});

test("comparisons tell which side their bound belongs to", () => {
  const upper = (test: unknown) => {
    const [group] = legendOf([layer("fill", { "fill-color": ["case", test, "red", "blue"] })]);
    const meaning = group?.entries[0]?.meaning;
    return meaning?.kind === "range" ? meaning.to?.upper : undefined;
  };
  expect(upper([">=", ["get", "x"], 5])).toBe(true);
  expect(upper(["<", ["get", "x"], 5])).toBe(true);
  expect(upper([">", ["get", "x"], 5])).toBe(false);
  expect(upper(["<=", ["get", "x"], 5])).toBe(false);
  expect(upper(["<", 5, ["get", "x"]])).toBe(false);
});

test("clusters are an entry of their own", () => {
  const legend = legendOf([
    layer("circle", { "circle-color": "navy" }, ["has", "point_count"], "crowd"),
    layer("circle", { "circle-color": "red" }, ["!", ["has", "point_count"]], "one"),
  ]);
  expect(meanings(legend)).toEqual([
    [null, [{ kind: "everything" }]],
    [null, [{ kind: "cluster" }]],
  ]);
  expect(legend.map((group) => colours(group))).toEqual([["red"], ["navy"]]);
});

test("two fields make two groups; a field that changes nothing makes none", () => {
  const legend = legendOf([
    layer("circle", {
      "circle-color": ["match", ["get", "kind"], "a", "red", "blue"],
      "circle-stroke-color": ["match", ["get", "status"], "open", "black", "white"],
      "circle-stroke-width": 1,
      "circle-radius": ["match", ["get", "same"], "x", 4, 4],
    }),
  ]);
  expect(legend.map((group) => group.field)).toEqual(["kind", "status"]);
});

test("what a filter leaves out has no entry", () => {
  const legend = legendOf([
    layer("fill", { "fill-color": "green" }, ["==", ["get", "kind"], "core"]),
  ]);
  expect(meanings(legend)).toEqual([
    ["kind", [{ kind: "values", field: "kind", values: ["core"] }]],
  ]);
  expect(colours(legend[0])).toEqual(["green"]);
});

test("letters that stand for codes are part of the legend, names are not", () => {
  const signs: DrawnLayer = {
    ...layer("symbol", { "text-color": "white" }),
    layout: { "text-field": ["match", ["get", "kind"], "gas", "油", "mine", "矿", "他"] },
  };
  const names: DrawnLayer = {
    ...layer("symbol", {}, undefined, "names"),
    layout: { "text-field": ["get", "name"] },
  };
  const colour = ["match", ["get", "status"], "open", "red", "grey"];
  const legend = legendOf([layer("circle", { "circle-color": colour }), signs, names]);
  expect(legend.map((group) => group.field)).toEqual(["status", "kind"]);
  expect(colours(legend[0])).toEqual(["red", "grey"]);
  const letters = legend[1]?.entries.map(({ look }) =>
    look.map((coat) => (coat.type === "text" ? coat.text : coat.type)),
  );
  expect(letters).toEqual([["油"], ["矿"], ["他"]]);
});

test("one sign for all that have a value is explained beside that value", () => {
  const first = layer("symbol", { "text-color": "red" }, ["==", ["get", "first"], true]);
  const legend = legendOf([
    layer("circle", { "circle-color": "blue" }, ["!", ["==", ["get", "first"], true]]),
    { ...first, layout: { "text-field": "★" } },
  ]);
  const signs = legend[0]?.entries.map(({ look }) => look.map(({ type }) => type).join());
  expect(legend.map(({ field }) => field)).toEqual(["first"]);
  expect(signs).toContain("text");
});
