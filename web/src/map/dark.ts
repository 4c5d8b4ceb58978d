// A style by night: every literal colour is turned dark by the part it plays, its hue kept, so that
// what stood out by day stands out at night. Map and legend read the same turned style and agree.
import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import { type Colour, readColour, writeColour } from "./colour";
import type { Value } from "./expression";

/** What a colour is for. */
type Part = "ground" | "area" | "line" | "mark" | "rim" | "text" | "halo";

const PARTS: Readonly<Record<string, Part>> = {
  "background-color": "ground",
  "fill-color": "area",
  "fill-outline-color": "line",
  "line-color": "line",
  "circle-color": "mark",
  "circle-stroke-color": "rim",
  "text-color": "text",
  "text-halo-color": "halo",
};

/** The style with its colours turned; everything else stays. */
export function darkStyle(style: StyleSpecification): StyleSpecification {
  return { ...style, layers: style.layers.map(darkLayer) };
}

function darkLayer(layer: LayerSpecification): LayerSpecification {
  if (!("paint" in layer) || !layer.paint) return layer;
  const paint = Object.entries(layer.paint).map(([name, value]) => {
    const part = PARTS[name];
    return [name, part ? turn(value as Value, part) : value];
  });
  return { ...layer, paint: Object.fromEntries(paint) } as LayerSpecification;
}

/** A colour, or an expression with colours among its outputs. */
function turn(value: Value, part: Part): Value {
  if (typeof value === "string") return darkColour(value, part);
  if (!Array.isArray(value)) return value;
  const [operator] = value;
  if (operator === "get" || operator === "has" || operator === "literal") return value;
  return value.map((inner, i) => (isAsked(value, i) ? inner : turn(inner, part)));
}

/** Whether a place in an expression is what it asks of and not what it gives. */
function isAsked(expression: Value[], place: number): boolean {
  const last = place === expression.length - 1;
  switch (expression[0]) {
    case "match":
      return place < 2 || (place % 2 === 0 && !last);
    case "step":
      return place < 2;
    case "interpolate":
      return place < 3;
    case "case":
      return place === 0 || (place % 2 === 1 && !last);
    case "coalesce":
      return place === 0;
    default:
      return true;
  }
}

/** A colour by night; what is no colour stays. */
export function darkColour(text: string, part: Part): string {
  const day = readColour(text);
  return day ? writeColour(NIGHT[part](day)) : text;
}

/**
 * Paper turns to night, ink to light. An area stays near the ground, the deeper its colour by day
 * the farther; lines and marks, whose depth means weight by day, mean it by light at night.
 */
const NIGHT: Readonly<Record<Part, (day: Colour) => Colour>> = {
  ground: turned(0.2, 0.35, 0.6),
  area: turned(0.31, 0.42, 0.65),
  line: turned(0.4, 0.52, 0.85),
  mark: turned(0.5, 0.42, 1),
  rim: turned(0.21, 0.75, 0.8),
  text: turned(0.21, 0.87, 0.75),
  halo: turned(0.21, 0.75, 0.6),
};

/** White becomes `white`, black lies `span` above it; the chroma is kept by a share. */
function turned(white: number, span: number, chroma: number): (day: Colour) => Colour {
  return ({ l, c, h, alpha }) => ({ l: white + (1 - l) * span, c: c * chroma, h, alpha });
}
