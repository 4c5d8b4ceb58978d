// The tokens that MapLibre needs as values, because a canvas knows no CSS variables.
import type { Ink } from "../map/view";

/** Reads what the page draws on the map with, from tokens.css, as the page is worn now. */
export function inkFromTokens(): { ink: Ink; fontFamily: string } {
  const probe = document.createElement("span");
  document.body.append(probe);
  const colour = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const ink = {
    selection: colour("--map-selection"),
    halo: colour("--map-halo"),
    hatch: colour("--map-hatch"),
  };
  probe.remove();
  const font = getComputedStyle(document.documentElement).getPropertyValue("--font");
  return { ink, fontFamily: font.trim() };
}
