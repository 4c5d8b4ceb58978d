// What a feature with given properties looks like on the map, as plain drawing instructions.
import type { Scalar } from "../api/types";
import { evaluate, type Sample, Unsupported, type Value } from "./expression";
import type { DrawnLayer } from "./style";

/** One coat of paint. Colours are CSS colours, lengths CSS pixels. */
export type Coat =
  | { type: "fill"; color: string; opacity: number; outline: string | null }
  | { type: "line"; color: string; opacity: number; width: number; dash: number[] | null }
  | {
      type: "circle";
      color: string;
      opacity: number;
      radius: number;
      stroke: string;
      strokeWidth: number;
      strokeOpacity: number;
    }
  | { type: "text"; color: string; opacity: number; text: string };

/** How a feature is drawn, from the lowest coat up. Nothing: it is not drawn. */
export type Look = Coat[];

/** The zoom of a city street: what legends and cards show. */
export const LEGEND_ZOOM = 14;

/** How a feature with these properties is drawn by the style layers of its layer. */
export function lookOf(
  drawn: readonly DrawnLayer[],
  properties: Readonly<Record<string, Scalar | null>>,
  zoom: number = LEGEND_ZOOM,
): Look {
  const sample = { properties, zoom };
  return drawn.filter((layer) => shows(layer, sample)).flatMap((layer) => coat(layer, sample));
}

function shows(layer: DrawnLayer, sample: Sample): boolean {
  if (sample.zoom < (layer.minzoom ?? 0) || sample.zoom >= (layer.maxzoom ?? 99)) return false;
  try {
    return layer.filter === undefined || evaluate(layer.filter, sample) === true;
  } catch (error) {
    if (error instanceof Unsupported) return false;
    throw error;
  }
}

/**
 * The field whose codes a layer of symbols shows as signs of a letter or two; null: it shows names,
 * numbers or nothing, which a legend need not explain.
 */
export function signField(layer: DrawnLayer): string | null {
  const field = layer.layout["text-field"];
  if (layer.type !== "symbol") return null;
  if (typeof field === "string" && field.length <= 2) return filterField(layer.filter);
  if (!Array.isArray(field) || field[0] !== "match") return null;
  const signs = field.filter((_, i) => i > 2 && (i % 2 === 1 || i === field.length - 1));
  const short = signs.every((sign) => typeof sign === "string" && sign.length <= 2);
  const input = field[1];
  const name = Array.isArray(input) && input[0] === "get" ? input[1] : null;
  return short && typeof name === "string" ? name : null;
}

/** The field that a filter of one comparison asks for: whatever has this value bears this sign. */
function filterField(filter: Value | undefined): string | null {
  if (!Array.isArray(filter) || filter[0] !== "==") return null;
  const [, input] = filter;
  return Array.isArray(input) && input[0] === "get" && typeof input[1] === "string"
    ? input[1]
    : null;
}

function coat(layer: DrawnLayer, sample: Sample): Coat[] {
  const { paint, type } = layer;
  if (type === "symbol") return sign(layer, sample);
  const color = (name: string, fallback: string) => asText(value(paint[name], sample), fallback);
  const size = (name: string, fallback: number) => asNumber(value(paint[name], sample), fallback);
  const opacity = size(`${type}-opacity`, 1);
  const fill = color(`${type}-color`, "#000000");
  if (type === "fill") {
    const outline = value(paint["fill-outline-color"], sample);
    return [{ type, color: fill, opacity, outline: typeof outline === "string" ? outline : null }];
  }
  if (type === "line") {
    const dash = value(paint["line-dasharray"], sample);
    const pattern = Array.isArray(dash) ? dash.filter((d) => typeof d === "number") : null;
    return [{ type, color: fill, opacity, width: size("line-width", 1), dash: pattern }];
  }
  if (type === "circle") {
    return [
      {
        type,
        color: fill,
        opacity,
        radius: size("circle-radius", 5),
        stroke: color("circle-stroke-color", "#000000"),
        strokeWidth: size("circle-stroke-width", 0),
        strokeOpacity: size("circle-stroke-opacity", 1),
      },
    ];
  }
  return [];
}

function sign(layer: DrawnLayer, sample: Sample): Coat[] {
  if (signField(layer) === null) return [];
  const text = asText(value(layer.layout["text-field"], sample), "");
  const color = asText(value(layer.paint["text-color"], sample), "#000000");
  const opacity = asNumber(value(layer.paint["text-opacity"], sample), 1);
  return text === "" ? [] : [{ type: "text", color, opacity, text }];
}

/** What an expression that fails yields in the renderer: the property's default, here null. */
function value(expression: Value | undefined, sample: Sample): Value {
  if (expression === undefined) return null;
  if (Array.isArray(expression) && typeof expression[0] !== "string") return expression;
  try {
    return evaluate(expression, sample);
  } catch (error) {
    if (error instanceof Unsupported) return null;
    throw error;
  }
}

function asText(x: Value, fallback: string): string {
  return typeof x === "string" ? x : fallback;
}

function asNumber(x: Value, fallback: number): number {
  return typeof x === "number" ? x : fallback;
}
