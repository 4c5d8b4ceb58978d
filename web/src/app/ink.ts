// The tokens that MapLibre needs as values, because a canvas knows no CSS variables.
import type { Ink } from "../map/view";

/** Reads what the page draws on the map with, from tokens.css. */
export function inkFromTokens(): { ink: Ink; fontFamily: string } {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: {
      selection: token("--map-selection"),
      halo: token("--map-halo"),
      hatch: token("--map-hatch"),
    },
    fontFamily: token("--font"),
  };
}
