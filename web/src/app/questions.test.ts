import { expect, test } from "vitest";
import type { Collection } from "../api/types";
import { questions, shownFor } from "./questions";

const layer = (id: string, onemap: object = {}) =>
  ({
    id,
    onemap: { theme: { id: "soil" }, form: "full", coverage: null, ...onemap },
  }) as Collection;
const ground = layer("district-boundary", { theme: { id: "base" } });
const list = layer("risk-control-list");

test("only questions that the layers can answer are put", () => {
  const ids = (layers: Collection[]) => questions(layers).map(([id]) => id);
  expect(ids([ground, list])).toEqual(["listed"]);
  expect(ids([layer("pollution-sites")])).toEqual([]);
  const looked = { type: "FeatureCollection", features: [] };
  expect(ids([layer("pollution-sites", { coverage: looked })])).toEqual(["unsurveyed"]);
  expect(ids([layer("occurrences", { form: "existence" })])).toEqual([]);
  expect(ids([layer("land-use-current")])).toEqual([]);
});

test("an answer shows its layers over the ground that is shown, and nothing else", () => {
  const other = layer("parcels");
  const visible = new Set(["parcels", "district-boundary"]);
  const [, answer] = questions([list])[0] ?? [];
  expect(answer && [...shownFor(answer, [ground, list, other], visible)]).toEqual([
    "district-boundary",
    "risk-control-list",
  ]);
});
