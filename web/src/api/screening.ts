// What the server says of a parcel: the screening of it, and the choices a question has.
import type { Geometry } from "geojson";
import type { Lang } from "../text/language";
import type { Bbox, Words } from "./types.gen";

export type {
  Basis,
  FeatureSpan,
  Finding,
  FindingRule,
  Former,
  KnownState,
  LandUse,
  ParcelCandidate as Candidate,
  PlannedUse,
  SampleValue,
  ScreenedParcel,
  Screening,
  ScreeningOptions,
  Step,
  ThemeCoverage,
  Verdict,
  Words,
} from "./types.gen";

/** What is asked: a parcel, what it is to become, and how to look. */
export interface Question {
  /** Null: none is chosen yet. */
  parcel: ParcelAsked | null;
  /** `system:code`, several for a mixed parcel; null: as it is on record, else not decided. */
  planned: readonly string[] | null;
  /** Null: the district's. */
  profile: string | null;
}

/** Degrees: longitude, latitude. */
export type Corner = [number, number];

export type ParcelAsked =
  | { id: string }
  | { at: Corner }
  /** The corners of each part; several parts are one parcel. */
  | { parts: readonly (readonly Corner[])[] };

/** A sentence in one of its languages. */
export function told(sentence: Words, lang: Lang): string {
  return sentence[lang];
}

/** The question as the parameters of `GET /screenings`; null: only a body can say it. */
export function parameters({ parcel, planned, profile }: Question): Record<string, string> | null {
  if (!parcel || "parts" in parcel) return null;
  const [lon, lat] = "at" in parcel ? parcel.at.map(String) : [];
  return {
    ...("id" in parcel ? { parcel: parcel.id } : { lon: lon ?? "", lat: lat ?? "" }),
    ...(planned ? { planned: planned.join(",") } : {}),
    ...(profile ? { profile } : {}),
  };
}

/** The question as the body of `POST /screenings`. */
export function body({ parcel, planned, profile }: Question): object {
  return {
    parcel: parcel ? stated(parcel) : null,
    ...(planned ? { planned_use: planned.map(coded) } : {}),
    ...(profile ? { profile } : {}),
  };
}

function stated(parcel: ParcelAsked): object {
  if ("id" in parcel) return parcel;
  if ("at" in parcel) return { point: parcel.at };
  return { geometry: outline(parcel.parts), crs: "CRS84" };
}

function coded(use: string): { system: string; code: string } {
  const [system = "", code = ""] = use.split(":");
  return { system, code };
}

/** The outline of what was drawn. */
export function outline(parts: readonly (readonly Corner[])[]): Geometry {
  const rings = parts.map((corners) => [[...corners, ...corners.slice(0, 1)]]);
  const [only = []] = rings;
  return rings.length === 1
    ? { type: "Polygon", coordinates: only as Corner[][] }
    : { type: "MultiPolygon", coordinates: rings as Corner[][][] };
}

/** The box around the outermost ring, degrees, wide enough whatever the latitude in the district. */
export function around([w, s, e, n]: Bbox, metres: number): Bbox {
  const up = metres / 110_000;
  const across = up / Math.cos((Math.max(Math.abs(s), Math.abs(n)) * Math.PI) / 180);
  return [w - across, s - up, e + across, n + up];
}
