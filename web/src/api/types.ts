// The server's answers, as its HTTP contract words them. Nothing here is richer than the wire.

import type { Feature, FeatureCollection, Geometry, MultiPolygon, Polygon } from "geojson";
import type { Lang } from "../text/language";

export type { Lang };

export type Audience = "public" | "department";

/** West, south, east, north; degrees. */
export type Bbox = [number, number, number, number];

export interface Link {
  href: string;
  rel: string;
  type?: string;
  title?: string;
}

/** `GET /` as JSON. */
export interface Landing {
  title: string;
  description: string;
  links: Link[];
  onemap: {
    district: { name: string; code: string | null; bbox: Bbox | null };
    /** 审图号; empty: not reviewed. */
    mapReviewNumber: string;
    publisher: string;
    contact: string | null;
    audience: Audience;
    languages: Lang[];
  };
}

/** In which form this audience has a layer. */
export type Form = "full" | "generalised" | "existence";

export type Shape = "point" | "line" | "polygon";

export interface Provenance {
  publisher: string;
  licence: string;
  /** A year, a month or a day, ISO 8601. */
  updated: string;
  demonstration: boolean;
  source: string | null;
}

/** What was looked at: one feature an area, with the day, month or year of its survey. */
export type Coverage = FeatureCollection<Polygon | MultiPolygon, { surveyed: string }>;

/** `GET /collections/{id}`. */
export interface Collection {
  id: string;
  title: string;
  description?: string | null;
  itemType?: "feature";
  crs?: string[];
  storageCrs?: string;
  /** Absent where nothing is held or only existence is told. */
  extent?: {
    spatial?: { bbox: Bbox[] };
    temporal?: { interval: [string | null, string | null][] };
  };
  attribution?: string;
  license?: string;
  links: Link[];
  onemap: {
    theme: { id: string; title: string };
    form: Form;
    geometry: Shape | null;
    role: string;
    minzoom?: number;
    maxzoom?: number;
    /** Absent where only existence is told, as are extent and coverage. */
    count?: number;
    coverage?: Coverage | null;
    provenance: Provenance;
    version?: string;
    /** The field that names a feature. */
    label?: string | null;
    /** The fields that make a feature the same in the next import. */
    identity?: string[] | null;
    /** Whose feature the rows belong to, and the field that says which. */
    partOf?: { layer: string; field: string } | null;
    /** Values over time: the field with the time, and those with the values. */
    series?: { time: string; values: string[] } | null;
    /** Whether its features have a time in the world. */
    temporal?: boolean;
  };
}

/** `GET /collections`. */
export interface Collections {
  links: Link[];
  collections: Collection[];
}

export type Scalar = string | number | boolean;

export interface SchemaProperty {
  title?: string;
  type?: string | string[];
  format?: string;
  "x-onemap-unit"?: string;
  /** A code list: what each code means; null: not recorded. */
  oneOf?: { const: Scalar | null; title: string }[];
}

/** `GET /collections/{id}/schema`: the fields in their order, and `<name>_lod` beside a measured one. */
export interface Schema {
  title?: string;
  properties: Record<string, SchemaProperty>;
}

export type Properties = Record<string, Scalar | null>;

/** `GET /collections/{id}/items/{fid}`. */
export interface Item extends Feature<Geometry | null, Properties> {
  id: number;
  /** Radius in metres in which the true place lies; null: not stated. */
  precision_m: number | null;
  /** When it was so, by the day; null: open or unknown. */
  valid: { from: string | null; to: string | null };
}

/** `GET /collections/{id}/items`: one page. */
export interface ItemList {
  features: Item[];
  numberMatched: number;
  numberReturned: number;
  links?: Link[];
}

/** What a search has found. */
export interface Place {
  kind: "feature" | "coordinate";
  title: string;
  /** What it is, and how a coordinate was read. */
  detail: string;
  layer?: string | null;
  id?: number | null;
  center: [number, number];
  bbox?: Bbox | null;
}

/** `GET /places`. */
export interface Places {
  query: string;
  places: Place[];
}

/** `application/problem+json`. */
export interface ProblemDetails {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance?: string;
}
