// Gives a drawn map the colours of another version of its style.
import type { Map as MapLibreMap, StyleSpecification } from "maplibre-gl";

/** Sets one property; what a style may say is checked where the style comes from. */
export function paint(map: MapLibreMap, layer: string, name: string, value: unknown): void {
  type Named = Parameters<MapLibreMap["setPaintProperty"]>;
  if (map.getLayer(layer)) map.setPaintProperty(layer, name as Named[1], value as Named[2]);
}

/** Every colour as the style has it. */
export function repaint(map: MapLibreMap, { layers }: StyleSpecification): void {
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer.paint ?? {})) {
      if (name.endsWith("-color")) paint(map, layer.id, name, value);
    }
  }
}
