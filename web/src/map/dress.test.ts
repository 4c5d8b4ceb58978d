import { expect, test } from "vitest";
import { faded, levelOf, restacked, scaled, stacked, stackOf } from "./dress";
import { evaluate, type Value } from "./expression";
import type { DrawnLayer } from "./style";

const layer = (id: string, type: string, paint: Record<string, Value> = {}): DrawnLayer => ({
  id,
  type,
  layout: {},
  paint,
});

test("a fainter layer is fainter in all it draws", () => {
  expect(faded(layer("a", "fill"), 0.5)).toEqual([["fill-opacity", 0.5]]);
  expect(faded(layer("a", "circle", { "circle-opacity": 0.8 }), 0.5)).toEqual([
    ["circle-opacity", 0.4],
    ["circle-stroke-opacity", 0.5],
  ]);
  expect(faded(layer("a", "background"), 0.5)).toEqual([]);
});

test("an expression gives everywhere the share of what it gave", () => {
  const stops = [
    "interpolate",
    ["linear"],
    ["zoom"],
    8,
    0.2,
    12,
    ["match", ["get", "k"], 1, 1, 0.6],
  ];
  const expressions: Value[] = [
    stops,
    ["step", ["zoom"], 0.2, 10, stops],
    ["case", ["==", ["get", "k"], 1], 0.9, ["==", ["get", "k"], 2], 0.7, 0.5],
    ["match", ["get", "k"], [1, 2], 0.9, 3, 0.4, 0.1],
    ["coalesce", ["get", "o"], 0.5],
  ];
  for (const expression of expressions) {
    for (const k of [1, 2, 3]) {
      for (const zoom of [7, 9, 11, 13]) {
        const sample = { properties: { k, o: k === 2 ? null : 0.25 }, zoom };
        const half = halved(scaled(expression, 0.5), sample);
        expect(half).toBeCloseTo(Number(evaluate(expression, sample)) / 2, 10);
      }
    }
  }
  expect(scaled(stops, 1)).toBe(stops);
});

/** The legend's evaluator has no need of products. */
function halved(value: Value, sample: Parameters<typeof evaluate>[1]): number {
  const products = (v: Value): Value => {
    if (!Array.isArray(v)) return v;
    return v[0] === "*" ? Number(v[1]) * Number(evaluate(v[2] ?? null, sample)) : v.map(products);
  };
  return Number(evaluate(products(value), sample));
}

const drawn = new Map([
  ["ground", [layer("ground:fill", "fill"), layer("ground:name", "symbol")]],
  ["parcels", [layer("parcels:fill", "fill"), layer("parcels:edge", "line")]],
  ["rivers", [layer("rivers:line", "line")]],
  ["sites", [layer("sites:dot", "circle"), layer("sites:name", "symbol")]],
]);
const owned = [...drawn].flatMap(([owner, layers]) =>
  layers.map(({ id, type }) => ({ id, type, owner })),
);
const ids = (stack: string[]) => stacked(owned, stack).map(({ id }) => id);

test("points lie over lines and lines over areas, whatever the stack says", () => {
  expect([...drawn.values()].map(levelOf)).toEqual(["area", "area", "line", "point"]);
  expect(stackOf(drawn)).toEqual(["sites", "rivers", "parcels", "ground"]);
  expect(ids(["ground", "parcels", "rivers", "sites"])).toEqual([
    "parcels:fill",
    "ground:fill",
    "rivers:line",
    "parcels:edge",
    "sites:dot",
    "sites:name",
    "ground:name",
  ]);
});

test("layers that are put in order take their places between the others", () => {
  expect(restacked(["a", "b", "c", "d"], ["d", "b"])).toEqual(["a", "d", "c", "b"]);
  expect(restacked(["a", "b"], ["x", "b"])).toEqual(["a", "b"]);
});
