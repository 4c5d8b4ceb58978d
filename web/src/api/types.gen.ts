// The server's answers: made by `npm run types` from docs/api.schema.json, never by hand.

/** Any JSON document of the server. Keys may be added to it, so let pass what you do not know. */
export type Answer =
  | Landing
  | Collections
  | Collection
  | Schema
  | ItemList
  | Item
  | Places
  | Styles
  | ProblemKinds
  | Problem;
/**
 * West, south, east, north; degrees.
 *
 * @minItems 4
 * @maxItems 4
 */
export type Bbox = [number, number, number, number];
/** A language in which sentences can be had. */
export type Lang = "zh" | "en";
/** What features are. */
export type Shape = "point" | "line" | "polygon";
/** What a value is. */
export type ValueType = "string" | "integer" | "number" | "boolean" | "null";
/** A geometry of `GeoJSON` (RFC 7946). */
export type Geometry =
  | {
      type: "Point";
      /**
       * @minItems 2
       * @maxItems 2
       */
      coordinates: [number, number];
    }
  | {
      type: "MultiPoint";
      coordinates: [number, number][];
    }
  | {
      type: "LineString";
      coordinates: [number, number][];
    }
  | {
      type: "MultiLineString";
      coordinates: [number, number][][];
    }
  | {
      type: "Polygon";
      coordinates: [number, number][][];
    }
  | {
      type: "MultiPolygon";
      coordinates: [number, number][][][];
    }
  | {
      type: "GeometryCollection";
      geometries: Geometry[];
    };
/** A value of a field. */
export type Scalar = string | number | boolean;

/** `GET /` */
export interface Landing {
  /** The title of the map. */
  title: string;
  /** What it is. */
  description: string;
  /** Where its parts are. */
  links: Link[];
  onemap: LandingOwn;
}
/** Where something else is. */
export interface Link {
  /** What it is to this document: an IANA relation, or the URI of one. */
  rel: string;
  /** Its address, absolute. */
  href: string;
  /** Its media type. */
  type: string;
  /** What it is, in words. */
  title: string;
}
/** What is `OneMap`'s own. */
export interface LandingOwn {
  district: District;
  /** The number under which the map was reviewed (审图号); empty: not reviewed. */
  mapReviewNumber: string;
  /** Who publishes it. */
  publisher: string;
  /** Where to ask; null: not said. */
  contact: string | null;
  /** For whom this is. */
  audience: "public" | "department";
  /** The languages of its sentences. */
  languages: Lang[];
}
/** The district shown. */
export interface District {
  /** Its name. */
  name: string;
  /** Its administrative code; null: not said. */
  code: string | null;
  /** Around everything shown; null where nothing is. */
  bbox: Bbox | null;
}
/** `GET /collections` */
export interface Collections {
  /** Where this is. */
  links: Link[];
  /** Every layer the audience knows of. */
  collections: Collection[];
}
/** `GET /collections/{id}`: a layer. */
export interface Collection {
  /** Its name in addresses and tiles. */
  id: string;
  /** What people call it. */
  title: string;
  /** What it holds; empty: not said. */
  description: string;
  /** What it is made of. */
  itemType: "feature";
  /**
   * The reference systems in which it can be had.
   *
   * @minItems 1
   * @maxItems 1
   */
  crs: [string];
  /** The reference system in which it is kept. */
  storageCrs: string;
  extent?: Extent;
  /** Who is to be named with it. */
  attribution: string;
  /** Under which terms it may be used. */
  license: string;
  /** Where its parts are. */
  links: Link[];
  onemap: CollectionOwn;
}
/** Where and when its features are; absent where nothing is held or only existence is told. */
export interface Extent {
  spatial?: SpatialExtent;
  temporal?: TemporalExtent;
}
/** Where; absent where none has a geometry. */
export interface SpatialExtent {
  /**
   * Around all of them.
   *
   * @minItems 1
   * @maxItems 1
   */
  bbox: [Bbox];
  /** The reference system of that. */
  crs: string;
}
/** When; absent where features have no time. */
export interface TemporalExtent {
  /**
   * From the first moment to the last, RFC 3339; null: open or not known.
   *
   * @minItems 1
   * @maxItems 1
   */
  interval: [[string | null, string | null]];
  /** The calendar. */
  trs: string;
}
/** What is `OneMap`'s own. */
export interface CollectionOwn {
  theme: Theme;
  /** In which form this audience has it. */
  form: "full" | "generalised" | "existence";
  /** What its features are; null: a table. */
  geometry: Shape | null;
  /** Its part in a risk answer. */
  role: "source" | "pathway" | "receptor" | "constraint" | "context";
  /** The field that names a feature. */
  label?: string | null;
  /** The fields that make a feature the same in the next import. */
  identity?: string[] | null;
  /** Whose feature a row belongs to. */
  partOf?: PartOf | null;
  /** That the rows are values over time. */
  series?: Series | null;
  /** Whether features have a time in the world. */
  temporal?: boolean;
  /** First zoom with features. */
  minzoom: number;
  /** Last zoom served. */
  maxzoom: number;
  /** How many features it has; absent where only existence is told. */
  count?: number;
  provenance: Provenance;
  /** What was looked at; null: not known. */
  coverage?: Coverage | null;
  /** Another when what is published of it is another. */
  version?: string;
}
/** The part of the one map it belongs to. */
export interface Theme {
  /** Its name in settings. */
  id: string;
  /** What people call it. */
  title: string;
}
/** Whose feature a row belongs to. */
export interface PartOf {
  /** That feature's layer. */
  layer: string;
  /** The field with its identity. */
  field: string;
}
/** Values over time. */
export interface Series {
  /** The field with the time. */
  time: string;
  /** The fields with the values. */
  values: string[];
}
/** Who made it, under which terms. */
export interface Provenance {
  /** Who answers for it. */
  publisher: string;
  /** Under which terms it may be used. */
  licence: string;
  /** How new it is: a year, a month or a day, ISO 8601. */
  updated: string;
  /** Whether it is made up, to show what the map can do. */
  demonstration: boolean;
  /** Where it is from; null: not said. */
  source: string | null;
}
/** What was looked at: a feature an area. */
export interface Coverage {
  /** What this is. */
  type: "FeatureCollection";
  /** The areas. */
  features: CoveredArea[];
}
/** An area that was looked at. */
export interface CoveredArea {
  /** What this is. */
  type: "Feature";
  /** Where. */
  geometry: {
    type: "MultiPolygon";
    /** Polygons of rings of longitude and latitude. */
    coordinates: [number, number][][][];
  };
  /** When. */
  properties: {
    /** The year, month or day, ISO 8601. */
    surveyed: string;
  };
}
/** `GET /collections/{id}/schema`: the fields of a layer, as JSON Schema. */
export interface Schema {
  /** The dialect. */
  $schema: string;
  /** Its address. */
  $id: string;
  /** The layer's title. */
  title: string;
  /** Properties are an object. */
  type: "object";
  /** The fields in their order; beside one that may be below detection, its companion `<name>_lod`. */
  properties: {
    [k: string]: SchemaProperty;
  };
}
/** A field. */
export interface SchemaProperty {
  /** What people call it. */
  title: string;
  /** What a companion holds. */
  description?: string;
  /** What its values are. */
  type: ("string" | "integer" | "number" | "boolean" | "null") | [ValueType, ValueType];
  /** That its texts are days or moments. */
  format?: "date" | "date-time";
  /** The unit of its numbers. */
  "x-onemap-unit"?: string;
  /** What each code of a code list means. */
  oneOf?: Code[];
}
/** A code and what it means. */
export interface Code {
  /** The code; null: not recorded. */
  const: string | null;
  /** What it means. */
  title: string;
  /** Where the meaning is from when no published source confirms it. */
  "x-onemap-basis"?: string;
}
/** `GET /collections/{id}/items`: a page of features. */
export interface ItemList {
  /** What this is. */
  type: "FeatureCollection";
  /** When it was written. */
  timeStamp: string;
  /** How many features the query has in all. */
  numberMatched: number;
  /** How many are on this page. */
  numberReturned: number;
  /** Where this is, and the next page (`next`) where there is one. */
  links: Link[];
  /** The features, in the order of their numbers. */
  features: Item[];
}
/** `GET /collections/{id}/items/{fid}`: a feature. */
export interface Item {
  /** What this is. */
  type: "Feature";
  /** Its number in its layer, the same from import to import. */
  id: number;
  /** Where it is; null: not known, or a row of a table. */
  geometry: Geometry | null;
  /**
   * The values of its fields; null: not recorded, or below detection where the companion
   * `<name>_lod` tells the limit.
   */
  properties: {
    [k: string]: Scalar | null;
  };
  /** Radius in metres in which the true place lies; null: not stated. */
  precision_m: number | null;
  valid: Valid;
  /** Where it and its layer are; only of one asked for by its number. */
  links?: Link[];
}
/** When it was so. */
export interface Valid {
  /** The first day; null: open or not known. */
  from: string | null;
  /** The last day; null: open or not known. */
  to: string | null;
}
/** `GET /places`: what a search has found. */
export interface Places {
  /** What was asked. */
  query: string;
  /** The best first. */
  places: Place[];
  /** Why coordinates that were asked for are no place; null otherwise. */
  note: string | null;
}
/** A place. */
export interface Place {
  /** What was found. */
  kind: "feature" | "coordinate";
  /** Its name. */
  title: string;
  /** What it is and where, in words. */
  detail: string;
  /** The layer it is a feature of. */
  layer: string | null;
  /** Its number there; of several of one name, the first's. */
  id: number | null;
  /**
   * How many features bear this name: more than one where they are told as one place; null for
   * coordinates.
   */
  count: number | null;
  /**
   * Longitude, latitude.
   *
   * @minItems 2
   * @maxItems 2
   */
  center: [number, number];
  /** Around it; null for a point. */
  bbox: Bbox | null;
  /** How coordinates were read; null for a feature. */
  reading: Reading | null;
}
/** How coordinates were read. */
export interface Reading {
  /** The reference system, as declared in layers; `CRS84` where none is named. */
  crs: string;
  /** Whether it was named. */
  named: boolean;
  /** Which number was taken for what. */
  order: "lon,lat" | "lat,lon" | "easting,northing" | "northing,easting";
  /** Whether that is the order of the registry, or said by letters. */
  usual: boolean;
  /** Whether the place lies in the district; null where its boundary is not shown. */
  inside: boolean | null;
}
/** `GET /styles` */
export interface Styles {
  /** The style of the whole map. */
  default: string;
  /** Every style. */
  styles: Style[];
  /** Where this is. */
  links: Link[];
}
/** A style that can be had. */
export interface Style {
  /** Its name in its address. */
  id: string;
  /** What it shows. */
  title: string;
  /** Where it is. */
  links: Link[];
}
/** `GET /problems` */
export interface ProblemKinds {
  /** Every kind of problem. */
  problems: ProblemKind[];
}
/** `GET /problems/{slug}`: a kind of problem. */
export interface ProblemKind {
  /** Its address and stable name. */
  type: string;
  /** What it is, whatever the request. */
  title: string;
  /** The status it comes with. */
  status: number;
}
/** `application/problem+json` (RFC 9457): why a request was not granted. */
export interface Problem {
  /** Its address and stable name. */
  type: string;
  /** What it is, whatever the request. */
  title: string;
  /** The status it comes with. */
  status: number;
  /** What is wrong with this request, and what would be right. */
  detail: string;
  /** The request's own name, as in `X-Request-Id`. */
  instance: string;
}
