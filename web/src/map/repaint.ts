// Gives a drawn map the colours and texts of another version of its style.
import type { Map as MapLibreMap, StyleSpecification } from "maplibre-gl";

const TEXTS = ["text-field", "text-letter-spacing"] as const;

/** Sets one property; what a style may say is checked where the style comes from. */
export function paint(map: MapLibreMap, layer: string, name: string, value: unknown): void {
  type Named = Parameters<MapLibreMap["setPaintProperty"]>;
  if (map.getLayer(layer)) map.setPaintProperty(layer, name as Named[1], value as Named[2]);
}

/** Every colour and text as the style has it; texts that stay are not laid out again. */
export function repaint(map: MapLibreMap, { layers }: StyleSpecification): void {
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer.paint ?? {})) {
      if (name.endsWith("-color")) paint(map, layer.id, name, value);
    }
    if (layer.type !== "symbol" || !map.getLayer(layer.id)) continue;
    for (const name of TEXTS) {
      const value = layer.layout?.[name];
      const now = map.getLayoutProperty(layer.id, name);
      if (JSON.stringify(value) !== JSON.stringify(now)) {
        map.setLayoutProperty(layer.id, name, value);
      }
    }
  }
}
