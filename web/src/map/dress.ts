// How a reader changes what a style says: some layers fainter, some above others.
import type { Value } from "./expression";
import type { DrawnLayer } from "./style";

/** The opacities that a type of style layer has. */
const OPACITIES: Readonly<Record<string, readonly string[]>> = {
  fill: ["fill-opacity"],
  line: ["line-opacity"],
  circle: ["circle-opacity", "circle-stroke-opacity"],
  symbol: ["text-opacity"],
};

/** The paint of a style layer that says how opaque it is, at a share (0–1) of what its style says. */
export function faded({ type, paint }: DrawnLayer, share: number): [name: string, value: Value][] {
  return (OPACITIES[type] ?? []).map((name) => [name, scaled(paint[name] ?? 1, share)]);
}

/** A number, or an expression of them, with all it gives multiplied; the zoom stays outermost. */
export function scaled(value: Value, share: number): Value {
  if (share === 1) return value;
  if (typeof value === "number") return value * share;
  if (!Array.isArray(value)) return value;
  const first = { step: 2, interpolate: 4 }[String(value[0])];
  if (first === undefined) return ["*", share, value];
  const gives = (place: number) => place >= first && (place - first) % 2 === 0;
  return value.map((inner, place) => (gives(place) ? scaled(inner, share) : inner));
}

/** Areas lie under lines, lines under points, points under texts, whatever layer they are of. */
const HEIGHT: Readonly<Record<string, number>> = { fill: 0, line: 1, circle: 2, symbol: 3 };

/** A style layer and the OneMap layer it draws. */
export interface Owned {
  id: string;
  type: string;
  owner: string;
}

/**
 * Style layers from the lowest to the topmost, as a stack of OneMap layers (topmost first) wants
 * them; those of equal standing, and layers that the stack does not name, keep their order.
 */
export function stacked(layers: readonly Owned[], stack: readonly string[]): Owned[] {
  const rank = new Map(stack.map((owner, depth) => [owner, stack.length - depth]));
  const lowest = (owner: string) => rank.get(owner) ?? 0;
  return layers
    .map((layer, order) => ({ layer, order }))
    .sort(
      (a, b) =>
        (HEIGHT[a.layer.type] ?? 0) - (HEIGHT[b.layer.type] ?? 0) ||
        lowest(a.layer.owner) - lowest(b.layer.owner) ||
        a.order - b.order,
    )
    .map(({ layer }) => layer);
}

/** What a layer is in the stack: points lie over lines, lines over areas. */
export type Level = "point" | "line" | "area";

export const LEVELS: readonly Level[] = ["point", "line", "area"];

export function levelOf(drawn: readonly DrawnLayer[]): Level {
  const draws = (type: string) => drawn.some((layer) => layer.type === type);
  if (draws("fill")) return "area";
  return draws("line") && !draws("circle") ? "line" : "point";
}

/** The stack that a style makes by itself: OneMap layers, topmost first, points before areas. */
export function stackOf(drawn: ReadonlyMap<string, readonly DrawnLayer[]>): string[] {
  const owners = [...drawn].map(([owner, layers]) => ({ owner, level: levelOf(layers) })).reverse();
  return LEVELS.flatMap((level) => owners.filter((o) => o.level === level)).map((o) => o.owner);
}

/** A stack in which these layers stand in this order, in the places that they have between them. */
export function restacked(stack: readonly string[], wanted: readonly string[]): string[] {
  const known = wanted.filter((id) => stack.includes(id));
  let next = 0;
  return stack.map((id) => (known.includes(id) ? (known[next++] ?? id) : id));
}
