// The page's state as the part of its address after the #, and back.
import type { Question } from "../api/screening";
import type { Lang } from "../api/types";
import type { Camera } from "../map/view";
import { readQuestion, writeQuestion } from "./screening/link";
import type { Compared } from "./state";

/** What a link says; what it does not say is null and left to the page. */
export interface Permalink {
  camera: Camera | null;
  /** Visible layers, topmost first; null: those visible at first. */
  layers: string[] | null;
  /** Percent, of layers that are drawn fainter than their style says. */
  opacity: ReadonlyMap<string, number>;
  feature: { layer: string; id: number } | null;
  /** The layer whose unsurveyed surroundings are hatched. */
  coverage: string | null;
  /** The year shown; null: all times. */
  year: number | null;
  /** Two layers side by side; null: no. */
  compared: Compared | null;
  /** The parcel that is screened, and for what; null: none is. */
  screened: Question | null;
  lang: Lang | null;
  /** Null: as the reader's system has it. */
  theme: Theme | null;
}

export type Theme = "light" | "dark";

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Reads a hash. What makes no sense in it counts as unsaid. */
export function readHash(hash: string): Permalink {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const coverage = said.get("coverage");
  return {
    camera: readCamera(said.get("map")),
    ...readLayers(said.get("layers")),
    feature: readFeature(said.get("feature")),
    coverage: coverage !== null && ID.test(coverage) ? coverage : null,
    year: /^\d{4}$/.test(said.get("time") ?? "") ? Number(said.get("time")) : null,
    compared: readCompared(said.get("compare")),
    screened: readQuestion(said),
    lang: readLang(said.get("lang")),
    theme: readTheme(said.get("theme")),
  };
}

/** Writes a hash: plain characters, so that a link survives a chat window. */
export function writeHash(link: Permalink): string {
  const { camera, layers, opacity, feature, coverage, year, compared, screened, lang, theme } =
    link;
  const parts: string[] = [];
  if (camera) {
    const { zoom, lat, lon } = camera;
    parts.push(`map=${zoom.toFixed(2)}/${lat.toFixed(5)}/${lon.toFixed(5)}`);
  }
  const faint = (id: string) => (opacity.has(id) ? `${id}:${opacity.get(id)}` : id);
  if (layers) parts.push(`layers=${layers.map(faint).join(",")}`);
  if (feature) parts.push(`feature=${feature.layer}/${feature.id}`);
  if (coverage) parts.push(`coverage=${coverage}`);
  if (year !== null) parts.push(`time=${year}`);
  if (compared) {
    const { left, right, split } = compared;
    parts.push(`compare=${left},${right},${Math.round(split * 100)}`);
  }
  if (screened) parts.push(...writeQuestion(screened));
  if (lang) parts.push(`lang=${lang}`);
  if (theme) parts.push(`theme=${theme}`);
  return `#${parts.join("&")}`;
}

export function readLang(text: string | null | undefined): Lang | null {
  return text === "zh" || text === "en" ? text : null;
}

export function readTheme(text: string | null | undefined): Theme | null {
  return text === "light" || text === "dark" ? text : null;
}

/** Two ids, and percent of the width left of the line between them. */
function readCompared(text: string | null): Compared | null {
  const [left = "", right = "", percent = ""] = (text ?? "").split(",");
  if (!ID.test(left) || !ID.test(right) || !/^(\d{1,2}|100)$/.test(percent)) return null;
  return { left, right, split: Number(percent) / 100 };
}

/** Ids with commas between them, each with its opacity after a colon if it is not 100. */
function readLayers(text: string | null): Pick<Permalink, "layers" | "opacity"> {
  const opacity = new Map<string, number>();
  if (text === null) return { layers: null, opacity };
  const layers = text.split(",").flatMap((part) => {
    const [id = "", percent] = part.split(":");
    if (!ID.test(id)) return [];
    if (/^\d{1,2}$/.test(percent ?? "")) opacity.set(id, Number(percent));
    return [id];
  });
  return { layers: [...new Set(layers)], opacity };
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
