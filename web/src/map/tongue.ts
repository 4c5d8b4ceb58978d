// The names on the map in the reader's language, where the data has them in it.
import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { Lang } from "../api/types";
import type { Value } from "./expression";

/** Letters stand apart in Chinese names over areas; in other scripts that tears words. */
const SPACING_MOST = 0.04;

/** The style with names in this language; Chinese ones stand where there is no other. */
export function inTongue(style: StyleSpecification, lang: Lang): StyleSpecification {
  if (lang === "zh") return style;
  const layers = style.layers.map((layer): LayerSpecification => {
    const field = layer.type === "symbol" ? layer.layout?.["text-field"] : undefined;
    if (layer.type !== "symbol" || field === undefined) return layer;
    const named = renamed(field as Value, `name_${lang}`);
    const layout = { ...layer.layout, "text-field": named };
    const spacing = layout["text-letter-spacing"];
    if (spacing !== undefined) {
      const wanted = typeof spacing === "number" ? spacing : SPACING_MOST;
      layout["text-letter-spacing"] = Math.min(wanted, SPACING_MOST);
    }
    return { ...layer, layout } as LayerSpecification;
  });
  return { ...style, layers };
}

/** An expression that asks for another name first wherever it asked for the name. */
export function renamed(value: Value, first: string): Value {
  if (!Array.isArray(value)) return value;
  if (value.length === 2 && value[0] === "get" && value[1] === "name") {
    return ["coalesce", ["get", first], value];
  }
  return value.map((inner) => renamed(inner, first));
}
