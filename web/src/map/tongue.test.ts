import type { StyleSpecification } from "maplibre-gl";
import { expect, test } from "vitest";
import { inTongue, renamed } from "./tongue";

const english = ["coalesce", ["get", "name_en"], ["get", "name"]];

test("names are asked for in the language first, wherever an expression asks", () => {
  expect(renamed(["get", "name"], "name_en")).toEqual(english);
  expect(renamed(["concat", "❀ ", ["get", "name"]], "name_en")).toEqual(["concat", "❀ ", english]);
  expect(renamed(["get", "kind"], "name_en")).toEqual(["get", "kind"]);
  expect(renamed("name", "name_en")).toBe("name");
});

test("only texts change, and nothing in Chinese", () => {
  const style = {
    version: 8,
    sources: {},
    layers: [
      { id: "ground", type: "background" },
      {
        id: "name",
        type: "symbol",
        source: "s",
        layout: { "text-field": ["get", "name"], "text-letter-spacing": 0.18 },
      },
    ],
  } as StyleSpecification;
  expect(inTongue(style, "zh")).toBe(style);
  const [ground, name] = inTongue(style, "en").layers;
  expect(ground).toEqual(style.layers[0]);
  expect(name).toMatchObject({ layout: { "text-field": english, "text-letter-spacing": 0.04 } });
});
