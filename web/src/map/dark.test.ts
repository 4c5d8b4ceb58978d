import type { StyleSpecification } from "maplibre-gl";
import { expect, test } from "vitest";
import { contrast, readColour, writeColour } from "./colour";
import { darkColour, darkStyle } from "./dark";

const grey = (n: number) => `#${n.toString(16).padStart(2, "0").repeat(3)}`;
const light = (colour: string) => readColour(colour)?.l ?? Number.NaN;
const style = (type: string, paint: Record<string, unknown>) =>
  ({
    version: 8,
    sources: {},
    layers: [{ id: "a", type, source: "a", metadata: { "onemap:layer": "a" }, paint }],
  }) as unknown as StyleSpecification;
const paint = (type: string, day: Record<string, unknown>) =>
  (darkStyle(style(type, day)).layers[0] as { paint: Record<string, unknown> }).paint;

test("a colour comes back as it went, in every form that styles may use", () => {
  for (const text of [grey(0), grey(255), "#a8401a", "#1f6fa8", "#e3a4bf", "#00ff0080"]) {
    expect(writeColour(readColour(text) ?? { l: 0, c: 0, h: 0, alpha: 1 })).toBe(text);
  }
  const same = ["#f80", "rgb(255, 136, 0)", "rgba(255,136,0,1)", "hsl(32, 100%, 50%)"];
  for (const text of same) {
    expect(readColour(text)?.h).toBeCloseTo(readColour("#ff8800")?.h ?? 0, 1);
  }
  expect(readColour("bridge")).toBe(null);
});

test("contrast is the standard's", () => {
  expect(contrast(grey(0), grey(255))).toBeCloseTo(21, 5);
  expect(contrast("#767676", grey(255))).toBeCloseTo(4.54, 2);
});

test("the ground is darkest, an area lies above it, lines and marks above the area", () => {
  const paper = "#f3f1ea";
  const ground = light(darkColour(paper, "ground"));
  for (const pastel of ["#f4e3a1", "#efc9cf", "#cfe3bb", "#bcd9ea", "#e6e2d8"]) {
    const area = light(darkColour(pastel, "area"));
    expect(area).toBeGreaterThan(ground + 0.03);
    for (const ink of ["#8d877a", "#1f6fa8", "#a8401a"]) {
      expect(light(darkColour(ink, "line"))).toBeGreaterThan(area + 0.1);
      expect(light(darkColour(ink, "mark"))).toBeGreaterThan(area + 0.1);
    }
  }
});

test("text can be read on its halo, on the ground and on a mark, as by day", () => {
  const halo = darkColour(grey(255), "halo");
  const ground = darkColour("#f3f1ea", "ground");
  for (const ink of ["#4b4a45", "#6b220a", "#3f3560", "#285524", "#1f6fa8"]) {
    expect(contrast(darkColour(ink, "text"), halo)).toBeGreaterThan(4.5);
    expect(contrast(darkColour(ink, "text"), ground)).toBeGreaterThan(4.5);
  }
  for (const mark of ["#8a5a2c", "#a8401a", "#6d4a9c", "#1f6fa8"]) {
    const sign = darkColour(grey(255), "text");
    expect(contrast(sign, darkColour(mark, "mark"))).toBeGreaterThan(4.5);
  }
});

test("a colour keeps its hue and its opacity, and what is deeper by day is brighter at night", () => {
  const [day, night] = ["#a8401a80", darkColour("#a8401a80", "mark")].map(readColour);
  expect(night?.h).toBeCloseTo(day?.h ?? 0, 1);
  expect(night?.alpha).toBeCloseTo(day?.alpha ?? 0, 2);
  const ramp = ["#f3d06b", "#dd7430", "#7d1f1a"].map((colour) => light(darkColour(colour, "mark")));
  expect(ramp).toEqual([...ramp].sort((a, b) => a - b));
});

test("in an expression only what it gives is turned", () => {
  const colour = ["match", ["get", "kind"], "#fff", "#ffffff", ["#000", "b"], "#000000", "#888888"];
  const white = darkColour("#ffffff", "area");
  const black = darkColour("#000000", "area");
  expect(paint("fill", { "fill-color": colour, "fill-opacity": 0.5 })).toEqual({
    "fill-color": [
      "match",
      ["get", "kind"],
      "#fff",
      white,
      ["#000", "b"],
      black,
      darkColour("#888888", "area"),
    ],
    "fill-opacity": 0.5,
  });
  const asked = ["==", ["get", "tint"], "#ffffff"];
  const deep = ["case", asked, ["step", ["zoom"], "#ffffff", 12, "#000000"], "#ffffff"];
  expect(paint("fill", { "fill-color": deep })).toEqual({
    "fill-color": ["case", asked, ["step", ["zoom"], white, 12, black], white],
  });
});

test("what is no colour, and the style by day, stay as they are", () => {
  const day = style("line", { "line-color": "#8d877a", "line-dasharray": [2, 1] });
  const kept = structuredClone(day);
  const [layer] = darkStyle(day).layers;
  expect(day).toEqual(kept);
  expect(layer).toMatchObject({ id: "a", metadata: { "onemap:layer": "a" } });
  expect(layer).toHaveProperty(["paint", "line-dasharray"], [2, 1]);
});
