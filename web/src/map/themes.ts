// Layers in the order in which the one map is read.
import type { Collection } from "../api/types";

/** Themes in the order in which the one map is read. */
const THEMES = ["soil", "land", "ecology", "biodiversity", "water", "air", "noise", "plan", "base"];

/** Layers by theme, themes in reading order; the server's order within. */
export function themes(layers: readonly Collection[]): [string, Collection[]][] {
  const groups = new Map<string, { title: string; layers: Collection[] }>();
  for (const layer of layers) {
    const { id, title } = layer.onemap.theme;
    const group = groups.get(id) ?? { title, layers: [] };
    group.layers.push(layer);
    groups.set(id, group);
  }
  const rank = (id: string) => (THEMES.indexOf(id) + 1 || THEMES.length + 1) - 1;
  return [...groups]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([, group]) => [group.title, group.layers]);
}
