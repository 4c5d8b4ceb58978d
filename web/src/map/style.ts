// The parts of a map style that belong to OneMap's layers.
import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { Value } from "./expression";

/** A style layer that draws features of a OneMap layer. */
export interface DrawnLayer {
  id: string;
  type: string;
  minzoom?: number;
  maxzoom?: number;
  filter?: Value;
  layout: Record<string, Value>;
  paint: Record<string, Value>;
}

/** Style layers by the OneMap layer they draw, in drawing order. */
export function drawnLayers(style: StyleSpecification): Map<string, DrawnLayer[]> {
  const byLayer = new Map<string, DrawnLayer[]>();
  for (const layer of style.layers) {
    const owner = ownerOf(layer);
    if (owner === null) continue;
    const drawn = byLayer.get(owner) ?? [];
    drawn.push(plain(layer));
    byLayer.set(owner, drawn);
  }
  return byLayer;
}

/** The layers of a style as they lie over each other, topmost first. */
export function topmostFirst(style: StyleSpecification): string[] {
  return [...drawnLayers(style).keys()].reverse();
}

/** Whether a layer's own style leaves it hidden until it is asked for. */
export function hiddenAtFirst(drawn: readonly DrawnLayer[]): boolean {
  return drawn.length > 0 && drawn.every((layer) => layer.layout.visibility === "none");
}

/** The layers that a style shows until something else is asked for. */
export function shownAtFirst(style: StyleSpecification): ReadonlySet<string> {
  const drawn = [...drawnLayers(style)];
  return new Set(drawn.filter(([, layers]) => !hiddenAtFirst(layers)).map(([id]) => id));
}

/** A style that shows these layers from the first moment, so that no others are fetched. */
export function showing(
  style: StyleSpecification,
  visible: ReadonlySet<string>,
): StyleSpecification {
  const layers = style.layers.map((layer) => {
    const owner = ownerOf(layer);
    if (owner === null) return layer;
    const visibility = visible.has(owner) ? "visible" : "none";
    return { ...layer, layout: { ...layer.layout, visibility } } as LayerSpecification;
  });
  return { ...style, layers };
}

function ownerOf(layer: LayerSpecification): string | null {
  const metadata = layer.metadata as Record<string, unknown> | undefined;
  const named = metadata?.["onemap:layer"];
  if (typeof named === "string") return named;
  return "source-layer" in layer ? (layer["source-layer"] ?? null) : null;
}

function plain(layer: LayerSpecification): DrawnLayer {
  const { id, type, minzoom, maxzoom } = layer;
  return {
    id,
    type,
    ...(minzoom === undefined ? {} : { minzoom }),
    ...(maxzoom === undefined ? {} : { maxzoom }),
    ...("filter" in layer && layer.filter ? { filter: layer.filter as Value } : {}),
    layout: (layer.layout ?? {}) as Record<string, Value>,
    paint: (layer.paint ?? {}) as Record<string, Value>,
  };
}
