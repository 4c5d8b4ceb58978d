import { expect, test } from "vitest";
import { attributesOf } from "./address";
import { deedOf } from "./messages";

test("an address becomes attributes; what it does not say is left out", () => {
  expect(attributesOf("?layers=a,b&map=12/39.9/116.4&lang=en&utm_source=x&datum=gcj02")).toEqual([
    ["layers", "a,b"],
    ["datum", "gcj02"],
    ["lang", "en"],
    ["center", "116.4,39.9"],
    ["zoom", "12"],
  ]);
  expect(attributesOf("?layers=")).toEqual([["layers", ""]]);
  expect(attributesOf("?map=12/39.9")).toEqual([]);
});

test("only well-formed deeds are done", () => {
  expect(deedOf({ type: "one-map-set-layers", layers: ["a"] })).toEqual({
    type: "one-map-set-layers",
    layers: ["a"],
  });
  expect(deedOf({ type: "one-map-fly-to", center: [116, 40], zoom: 9, more: 1 })).toEqual({
    type: "one-map-fly-to",
    center: [116, 40],
    zoom: 9,
  });
  expect(deedOf({ type: "one-map-do-select", layer: null })).toEqual({
    type: "one-map-do-select",
    layer: null,
  });
  for (const other of [
    null,
    "one-map-set-layers",
    {},
    { type: "one-map-set-layers", layers: "a" },
    { type: "one-map-set-layers", layers: [1] },
    { type: "one-map-fly-to", center: [116] },
    { type: "one-map-fly-to", zoom: "9" },
    { type: "one-map-do-select", layer: "a" },
    { type: "one-map-do-select", layer: "a", id: 1.5 },
    { type: "one-map-select", detail: {} },
  ]) {
    expect(deedOf(other), JSON.stringify(other)).toBeNull();
  }
});
