// What the server says of a parcel: the screening of it, and the choices a question has.
import type { Geometry } from "geojson";
import type { Lang } from "../text/language";
import type { Bbox } from "./types";

/** Words in both languages. */
export interface Words {
  zh: string;
  en: string;
}

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

/** A parcel that a point may have meant. */
export interface Candidate {
  id: string;
  title: string;
}

export interface Options {
  systems: LandUseSystem[];
  profiles: ProfileOption[];
}

export interface LandUseSystem {
  id: string;
  title: string;
  default: boolean;
  codes: { code: string; title: string; parent: string | null }[];
}

export interface ProfileOption {
  id: string;
  title: string;
  note: string;
  rings_m: number[];
  default: boolean;
}

export type Verdict =
  | "prohibited"
  | "construction_barred"
  | "survey_required"
  | "attention"
  | "incomplete"
  | "no_known_trigger";

export type KnownState = "found" | "none_found" | "partly_known" | "not_known";

export interface LandUse {
  system: string;
  code: string;
  title: Words | null;
}

export interface Screening {
  id: string | null;
  made_at: string;
  engine: string;
  as_of: string | null;
  valid_on: string;
  valid_until: string;
  rules: { id: string; version: number | null; title: Words | null };
  profile: { id: string; version: number; title: Words; note: Words; rings_m: number[] };
  demonstration: boolean;
  report_number: string;
  parcel: Parcel;
  planned_use: PlannedUse;
  survey_trigger: "yes" | "no" | "unknown";
  limit_class: { class: "I" | "II" | "unknown"; assumed: boolean; basis: string[] };
  verdict: Verdict;
  complete: boolean;
  verdict_sentence: Words;
  themes: ThemeCoverage[];
  findings: Finding[];
  land_use_change: UseChange[];
  samples: SampleValue[];
  indices: IndexValue[];
  unplaced: Unplaced[];
  unknowns: Unknown[];
  rings: ShownRing[];
  provenance: LayerUsed[];
  hash: string;
}

export interface Parcel {
  id: string | null;
  title: string | null;
  geometry: Geometry;
  area_m2: number;
  registered_area_m2: number | null;
  parts: number;
  current_use: LandUse | null;
  lineage: Former[];
}

export interface PlannedUse {
  system: string | null;
  code: string | null;
  title: Words | null;
  also: LandUse[];
  origin: "asked" | "record" | "unknown";
  basis: string[];
}

export interface ShownRing {
  ring: string;
  title: Words;
  to_m: number | null;
  geometry: Geometry;
}

export interface ThemeCoverage {
  theme: string;
  title: Words;
  state: KnownState;
  reason: string | null;
  sentence: Words;
  rings: RingCoverage[];
}

export interface RingCoverage {
  ring: string;
  title: Words;
  covered_share: number | null;
  surveyed: string | null;
  cut_share: number;
}

export interface Finding {
  rule: FindingRule | null;
  verdict: Verdict | null;
  layer: string | null;
  layer_title: Words | null;
  feature: number | null;
  name: string | null;
  ring: string | null;
  ring_title: Words | null;
  possible: boolean;
  sliver: boolean;
  across_road: boolean;
  distance_m: number | null;
  distance_interval_m: [number, number] | null;
  bearing: number | null;
  overlap_m2: number | null;
  overlap_share: number | null;
  source: Words | null;
  pathway: Words | null;
  receptor: Words | null;
  basis: Basis | null;
  sentence: Words;
  next_step: Words | null;
  deadline: Words | null;
  steps: Step[];
  remarks: Words[];
}

export interface FindingRule {
  id: string;
  version: number;
  title: Words;
  kind: "trigger" | "limit" | "procedure" | "policy";
  read: Read;
}

/** How the text of a rule was met. */
export type Read = "primary" | "secondary" | "recalled";

export interface Basis {
  article: Words;
  source: string;
  read: Read;
}

export interface Step {
  rule: FindingRule;
  basis: Basis;
  sentence: Words;
  next_step: Words | null;
  deadline: Words | null;
}

export interface UseChange {
  from: LandUse | null;
  from_state: "mapped" | "not_mapped" | "mapped_twice";
  to: LandUse[];
  area_m2: number;
  changes: boolean | null;
}

export interface Former {
  layer: string;
  feature: number;
  name: string;
  land_use: LandUse | null;
  from: string | null;
  to: string | null;
  covers_share: number;
}

export interface SampleValue {
  layer: string;
  feature: number;
  name: string;
  ring: string;
  ring_title: Words;
  distance_m: number;
  substance: string;
  substance_title: Words | null;
  value: number;
  unit: string;
  qualifier: string | null;
  depth_m: [number, number] | null;
  date: string | null;
  standard: string | null;
  limit: number | null;
  limit_kind: "screening" | "intervention" | null;
  intervention: number | null;
  class: string | null;
  ratio: number | null;
  exceeds: "nothing" | "within_background" | "screening" | "intervention" | "not_known";
  remarks: Words[];
}

export interface IndexValue {
  name: string;
  index: string;
  substance: string | null;
  value: number;
  grade: Words | null;
  background: string | null;
}

export interface Unplaced {
  layer: string;
  layer_title: Words;
  feature: number;
  name: string;
  precision_m: number;
}

export interface Unknown {
  theme: string | null;
  reason: string;
  sentence: Words;
}

export interface LayerUsed {
  layer: string;
  title: Words;
  updated: string;
  publisher: Words;
  licence: string;
  demonstration: boolean;
}

/** A sentence in one of its languages. */
export function told(sentence: Words, lang: Lang): string {
  return sentence[lang];
}

/** The question as the parameters of `GET /screenings`. */
export function parameters(question: Question): Record<string, string> {
  const { parcel, planned, profile } = question;
  return {
    ...(parcel ? where(parcel) : {}),
    ...(planned ? { planned: planned.join(",") } : {}),
    ...(profile ? { profile } : {}),
  };
}

function where(parcel: ParcelAsked): Record<string, string> {
  if ("id" in parcel) return { parcel: parcel.id };
  if ("at" in parcel) return { lon: String(parcel.at[0]), lat: String(parcel.at[1]) };
  return { geometry: JSON.stringify(outline(parcel.parts)) };
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
