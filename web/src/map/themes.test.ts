import { expect, test } from "vitest";
import type { Collection } from "../api/types";
import { matching, themes } from "./themes";

const layer = (id: string, theme: string, more: object = {}) =>
  ({
    id,
    title: id,
    description: `about ${id}`,
    links: [],
    onemap: {
      theme: { id: theme, title: theme.toUpperCase() },
      form: "full",
      geometry: "point",
      ...more,
    },
  }) as unknown as Collection;

const layers = [
  layer("readings", "air", { geometry: null }),
  layer("intakes", "water", { form: "existence" }),
  layer("stations", "air"),
  layer("sites", "soil"),
  layer("extra", "unheard-of"),
];

test("themes come in reading order, in each the map's layers first and what is held last", () => {
  expect(themes(layers).map(({ id, layers }) => [id, layers.map((l) => l.id)])).toEqual([
    ["soil", ["sites"]],
    ["water", ["intakes"]],
    ["air", ["stations", "readings"]],
    ["unheard-of", ["extra"]],
  ]);
});

test("every word must be found, in title, theme or description, however it is written", () => {
  const ids = (words: string) => matching(layers, words).map(({ id }) => id);
  expect(ids("AIR")).toEqual(["readings", "stations"]);
  expect(ids("air  station")).toEqual(["stations"]);
  expect(ids(" ")).toHaveLength(5);
  expect(ids("about nothing")).toEqual([]);
});
