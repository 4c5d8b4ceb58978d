// Layers by theme, and those that a word finds.
import type { Collection } from "../api/types";

export interface Theme {
  id: string;
  title: string;
  layers: Collection[];
}

/** Themes in the order in which the one map is read. */
const THEMES = ["soil", "land", "ecology", "biodiversity", "water", "air", "noise", "plan", "base"];

/** Themes in reading order; within one, layers on the map first, then tables, then what is held. */
export function themes(layers: readonly Collection[]): Theme[] {
  const groups = new Map<string, Theme>();
  for (const layer of layers) {
    const { id, title } = layer.onemap.theme;
    const group = groups.get(id) ?? { id, title, layers: [] };
    group.layers.push(layer);
    groups.set(id, group);
  }
  const rank = (id: string) => (THEMES.indexOf(id) + 1 || THEMES.length + 1) - 1;
  for (const group of groups.values()) group.layers.sort((a, b) => kind(a) - kind(b));
  return [...groups.values()].sort((a, b) => rank(a.id) - rank(b.id));
}

function kind({ onemap }: Collection): number {
  if (onemap.form === "existence") return 2;
  return onemap.geometry === null ? 1 : 0;
}

/** Layers with all of these words in their title, theme or description. */
export function matching(layers: readonly Collection[], words: string): Collection[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return layers.filter(({ title, description, onemap }) => {
    const text = `${title} ${onemap.theme.title} ${description ?? ""}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
