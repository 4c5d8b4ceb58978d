// The page's state as the part of its address after the #, and back.
import type { Lang } from "../api/types";
import type { Camera } from "../map/view";

/** What a link says; what it does not say is null and left to the page. */
export interface Permalink {
  camera: Camera | null;
  /** Visible layers; null: those visible at first. */
  layers: string[] | null;
  feature: { layer: string; id: number } | null;
  /** The layer whose unsurveyed surroundings are hatched. */
  coverage: string | null;
  lang: Lang | null;
}

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Reads a hash. What makes no sense in it counts as unsaid. */
export function readHash(hash: string): Permalink {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const layers = said.get("layers");
  const coverage = said.get("coverage");
  return {
    camera: readCamera(said.get("map")),
    layers: layers === null ? null : layers.split(",").filter((id) => ID.test(id)),
    feature: readFeature(said.get("feature")),
    coverage: coverage !== null && ID.test(coverage) ? coverage : null,
    lang: readLang(said.get("lang")),
  };
}

/** Writes a hash: plain characters, so that a link survives a chat window. */
export function writeHash({ camera, layers, feature, coverage, lang }: Permalink): string {
  const parts: string[] = [];
  if (camera) {
    const { zoom, lat, lon } = camera;
    parts.push(`map=${zoom.toFixed(2)}/${lat.toFixed(5)}/${lon.toFixed(5)}`);
  }
  if (layers) parts.push(`layers=${layers.join(",")}`);
  if (feature) parts.push(`feature=${feature.layer}/${feature.id}`);
  if (coverage) parts.push(`coverage=${coverage}`);
  if (lang) parts.push(`lang=${lang}`);
  return `#${parts.join("&")}`;
}

export function readLang(text: string | null | undefined): Lang | null {
  return text === "zh" || text === "en" ? text : null;
}

function readCamera(text: string | null): Camera | null {
  const parts = (text ?? "").split("/");
  const [zoom, lat, lon] = parts.map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (parts.length !== 3 || zoom === undefined || lat === undefined || lon === undefined) {
    return null;
  }
  const sane = zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return sane ? { zoom, lat, lon } : null;
}

function readFeature(text: string | null): Permalink["feature"] {
  const match = /^([a-z0-9-]+)\/(\d{1,15})$/.exec(text ?? "");
  const [, layer = "", id = ""] = match ?? [];
  return match && ID.test(layer) ? { layer, id: Number(id) } : null;
}
