// What the attributes of <one-map> say, as values. What makes no sense counts as unsaid.
import type { Bbox, Lang } from "../api/types";
import type { Datum } from "../map/datum";
import type { Camera } from "../map/view";

export type Control = "zoom" | "home" | "layers" | "legend";

const CONTROLS: readonly Control[] = ["zoom", "home", "layers", "legend"];
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export interface FeatureRef {
  layer: string;
  id: number;
}

type Said = string | null | undefined;

/** `a,b`: these layers; empty: none; unsaid: those the styles show at first. */
export function readLayers(text: Said): string[] | null {
  if (text === null || text === undefined) return null;
  const ids = text.split(/[\s,]+/).filter((id) => ID.test(id));
  return [...new Set(ids)];
}

/** `none`, or which controls: `zoom layers legend home`. Unsaid: all. */
export function readControls(text: Said): ReadonlySet<Control> {
  const words = (text ?? "").split(/[\s,]+/);
  const known = CONTROLS.filter((control) => words.includes(control));
  return new Set(known.length > 0 || words.includes("none") ? known : CONTROLS);
}

/** `116.4,39.9` and a zoom. */
export function readCamera(center: Said, zoom: Said): Camera | null {
  const [lon, lat, ...more] = numbers(center);
  const level = Number(zoom ?? 12);
  if (lon === undefined || lat === undefined || more.length > 0) return null;
  return sane({ lon, lat, zoom: zoom === "" ? 12 : level });
}

/** `zoom/lat/lon`, as in an address. */
export function readPlace(text: Said): Camera | null {
  const parts = (text ?? "").split("/").map((part) => (part.trim() === "" ? Number.NaN : +part));
  const [zoom, lat, lon] = parts;
  if (parts.length !== 3 || zoom === undefined || lat === undefined || lon === undefined) {
    return null;
  }
  return sane({ zoom, lat, lon });
}

/** `west,south,east,north`. */
export function readBbox(text: Said): Bbox | null {
  const [w, s, e, n, ...more] = numbers(text);
  if (w === undefined || s === undefined || e === undefined || n === undefined) return null;
  const right = more.length === 0 && w < e && s < n && Math.abs(s) <= 90 && Math.abs(n) <= 90;
  return right && w >= -180 && e <= 180 ? [w, s, e, n] : null;
}

/** `layer/id`. */
export function readFeature(text: Said): FeatureRef | null {
  const match = /^([a-z0-9-]+)\/(\d{1,15})$/.exec(text ?? "");
  const [, layer = "", id = ""] = match ?? [];
  return match && ID.test(layer) ? { layer, id: Number(id) } : null;
}

export function readDatum(text: Said): Datum {
  const word = (text ?? "").toLowerCase().replace("-", "");
  return word === "gcj02" || word === "bd09" ? word : "wgs84";
}

/** A day or an interval of days, as OGC's `datetime`: `2024-06-01`, `2020/2024`, `../2024-06-01`. */
export function readTime(text: Said): string | null {
  const end = String.raw`(\.\.|\d{4}(-\d{2}(-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?)?)?)`;
  return text && new RegExp(`^${end}(/${end})?$`).test(text) ? text : null;
}

export function readLang(text: Said): Lang | null {
  const tag = (text ?? "").slice(0, 2).toLowerCase();
  return tag === "zh" || tag === "en" ? tag : null;
}

/** The server's address with a slash at its end; null: it is none. */
export function readServer(text: Said, page: string): string | null {
  if (!text) return null;
  try {
    const url = new URL(text, page);
    if (url.protocol !== "https:" && url.protocol !== "http:") return null;
    url.search = "";
    url.hash = "";
    return url.href.endsWith("/") ? url.href : `${url.href}/`;
  } catch {
    return null;
  }
}

function numbers(text: Said): number[] {
  const parts = (text ?? "").split(",").map((part) => part.trim());
  const found = parts.map((part) => (part === "" ? Number.NaN : Number(part)));
  return found.every(Number.isFinite) ? found : [];
}

function sane({ zoom, lat, lon }: Camera): Camera | null {
  const right = zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return right ? { zoom, lat, lon } : null;
}
