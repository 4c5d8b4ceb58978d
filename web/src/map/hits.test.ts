import { expect, test } from "vitest";
import { pick, type Rendered } from "./hits";

const found = (over: Partial<Rendered>): Rendered => ({
  owner: "sites",
  shape: "point",
  id: 1,
  properties: {},
  at: null,
  exact: true,
  ...over,
});

test("nothing under the pointer is nothing", () => {
  expect(pick([])).toEqual({ kind: "nothing" });
});

test("an area near the pointer but not under it is no hit; a point is", () => {
  const area = found({ owner: "parcels", shape: "polygon", exact: false });
  expect(pick([area])).toEqual({ kind: "nothing" });
  const hit = { layer: "sites", id: 1, properties: {} };
  expect(pick([area, found({ exact: false })])).toEqual({
    kind: "features",
    hits: [hit],
    meant: hit,
  });
});

test("a feature drawn by several style layers comes once, points before areas", () => {
  const area = found({ owner: "parcels", shape: "polygon", id: 7 });
  const choice = pick([area, area, found({}), found({})]);
  expect(choice.kind === "features" && choice.hits.map((hit) => hit.layer)).toEqual([
    "sites",
    "parcels",
  ]);
});

test("a cluster on top is a place to zoom to, beneath another point it is ignored", () => {
  const cluster = found({ id: undefined, properties: { point_count: 9 }, at: [116.4, 39.9] });
  expect(pick([cluster])).toEqual({ kind: "cluster", at: [116.4, 39.9] });
  const choice = pick([found({}), cluster]);
  expect(choice.kind === "features" && choice.hits).toHaveLength(1);
});

test("a lone point is meant before the area beneath it; of two points neither", () => {
  const area = found({ owner: "parcels", shape: "polygon", id: 7 });
  const meant = (rendered: Rendered[]) => {
    const choice = pick(rendered);
    return choice.kind === "features" ? choice.meant?.id : undefined;
  };
  expect(meant([found({}), area])).toBe(1);
  expect(meant([area])).toBe(7);
  expect(meant([found({}), found({ id: 2 }), area])).toBe(undefined);
});
