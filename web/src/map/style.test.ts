import type { StyleSpecification } from "maplibre-gl";
import { expect, test } from "vitest";
import { drawnLayers, showing, shownAtFirst } from "./style";

const style = {
  version: 8,
  sources: {},
  layers: [
    { id: "ground", type: "background" },
    { id: "a-fill", type: "fill", source: "a", "source-layer": "a" },
    {
      id: "b-line",
      type: "line",
      source: "b",
      "source-layer": "b",
      layout: { visibility: "none" },
    },
    {
      id: "b-name",
      type: "symbol",
      source: "b",
      "source-layer": "b",
      layout: { visibility: "none", "text-field": "x" },
    },
  ],
} as StyleSpecification;

test("a style shows its own layers until others are asked for", () => {
  expect([...shownAtFirst(style)]).toEqual(["a"]);
  const other = showing(style, new Set(["b"]));
  expect([...shownAtFirst(other)]).toEqual(["b"]);
  expect(other.layers[0]).toEqual(style.layers[0]);
  expect(drawnLayers(other).get("b")?.[1]?.layout).toEqual({
    visibility: "visible",
    "text-field": "x",
  });
  expect([...shownAtFirst(style)]).toEqual(["a"]);
});
