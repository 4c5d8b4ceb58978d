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
  | Screening
  | ScreeningOptions
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
/** For whom an answer is. */
export type Audience = "public" | "department";
/** A language in which sentences can be had. */
export type Lang = "zh" | "en";
/** What collections are made of. */
export type ItemType = "feature";
/** In which form an audience has a layer. */
export type Form = "full" | "generalised" | "existence";
/** What features are. */
export type Shape = "point" | "line" | "polygon";
/** A layer's part in a risk answer. */
export type Role = "source" | "pathway" | "receptor" | "constraint" | "context";
/** That this is a list of features. */
export type FeatureCollectionType = "FeatureCollection";
/** That this is a feature. */
export type FeatureType = "Feature";
/** Areas, as `GeoJSON` has them. */
export type MultiPolygon = {
  type: "MultiPolygon";
  /** Polygons of rings of longitude and latitude. */
  coordinates: [number, number][][][];
};
/** What properties are. */
export type SchemaType = "object";
/** What the values of a field are. */
export type ValueTypes = ValueType | [ValueType, ValueType];
/** What a value is. */
export type ValueType = "string" | "integer" | "number" | "boolean" | "null";
/** What a text is. */
export type TextFormat = "date" | "date-time";
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
/** What was found. */
export type PlaceKind = "feature" | "coordinate";
/** Which number was taken for what. */
export type ReadOrder = "lon,lat" | "lat,lon" | "easting,northing" | "northing,easting";
/** For whom a screening was made. */
export type ScreeningAudience = "public" | "department";
/** That an outline is a `MultiPolygon`. */
export type OutlineKind = "MultiPolygon";
/** Where a use comes from. */
export type UseOrigin = "asked" | "record" | "unknown";
/** Whether a change to a use calls for a soil survey first. */
export type SurveyTrigger = "yes" | "no" | "unknown";
/** A class of GB 36600-2018. */
export type SoilClass = "I" | "II" | "unknown";
/** What a screening comes to. */
export type Verdict =
  | "no_known_trigger"
  | "incomplete"
  | "attention"
  | "survey_required"
  | "construction_barred"
  | "prohibited";
/** What is known of something that was looked for. */
export type KnownState = "found" | "none_found" | "partly_known" | "not_known";
/** Why something is not known. */
export type UnknownReason =
  | "held_by_authority"
  | "not_loaded"
  | "no_coverage"
  | "outside_coverage"
  | "too_old"
  | "beyond_district"
  | "position"
  | "value"
  | "use"
  | "measurement";
/** What a rule does in an answer. */
export type RuleKind = "trigger" | "limit" | "procedure" | "policy";
/** How the text of a rule was met. */
export type RuleRead = "primary" | "secondary" | "recalled";
/**
 * The least and the greatest distance, metres.
 *
 * @minItems 2
 * @maxItems 2
 */
export type DistanceInterval = [number, number];
/** What of source, pathway and receptor is not known. */
export type NotKnown = "source" | "pathway" | "receptor";
/** What the map of present use says of a piece of ground. */
export type FromState = "mapped" | "not_mapped" | "mapped_twice";
/** What a limit is. */
export type LimitKind = "screening" | "intervention";
/** What a measured value exceeds. */
export type Exceeds = "nothing" | "within_background" | "screening" | "intervention" | "not_known";

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
/** What a landing page says beyond the standard. */
export interface LandingOwn {
  district: District;
  /** The number under which the map was reviewed (审图号); empty: not reviewed. */
  mapReviewNumber: string;
  /** Who publishes it. */
  publisher: string;
  /** Where to ask; null: not said. */
  contact: string | null;
  audience: Audience;
  /** The languages of its sentences. */
  languages: Lang[];
}
/** A district. */
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
  itemType: ItemType;
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
/** Where and when features are. */
export interface Extent {
  spatial?: SpatialExtent;
  temporal?: TemporalExtent;
}
/** Where features are. */
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
/** When features were so. */
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
/** What a collection says beyond the standard. */
export interface CollectionOwn {
  theme: Theme;
  form: Form;
  /** What its features are; null: a table. */
  geometry: Shape | null;
  role: Role;
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
/** A theme. */
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
/** Who made a layer, under which terms. */
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
  type: FeatureCollectionType;
  /** The areas. */
  features: CoveredArea[];
}
/** An area that was looked at. */
export interface CoveredArea {
  type: FeatureType;
  geometry: MultiPolygon;
  properties: Survey;
}
/** When an area was looked at. */
export interface Survey {
  /** The year, month or day, ISO 8601. */
  surveyed: string;
}
/** `GET /collections/{id}/schema`: the fields of a layer, as JSON Schema. */
export interface Schema {
  /** The dialect. */
  $schema: string;
  /** Its address. */
  $id: string;
  /** The layer's title. */
  title: string;
  type: SchemaType;
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
  type: ValueTypes;
  format?: TextFormat;
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
  type: FeatureCollectionType;
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
  type: FeatureType;
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
/** A time in the world, by the day, both days included. */
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
  kind: PlaceKind;
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
  order: ReadOrder;
  /** Whether that is the order of the registry, or said by letters. */
  usual: boolean;
  /** Whether the place lies in the district; null where its boundary is not shown. */
  inside: boolean | null;
}
/**
 * `/screenings`: what is on a parcel and near it, which rules fire, what follows, and what is not
 * known. Keys may be added to it, so let pass what you do not know.
 */
export interface Screening {
  /** Its name under `/screenings/`; null: it is not kept. */
  id: string | null;
  /** When it was made, RFC 3339. */
  made_at: string;
  /** By which program, with its version. */
  engine: string;
  /**
   * 16 hexadecimal letters that change with the visible content of the layers it rests on, and
   * with nothing else.
   */
  revision: string;
  /** The moment whose records were asked for, RFC 3339; null: the present. */
  as_of: string | null;
  /** The day on which it was judged what is in force. */
  valid_on: string;
  rules: RulesUsed;
  profile: ProfileUsed;
  audience: ScreeningAudience;
  district: ScreeningDistrict;
  /**
   * Whether any layer it rests on holds demonstration data: made up or adapted, not the real
   * situation.
   */
  demonstration: boolean;
  /** What to call it by: the district's code and the beginning of the hash. */
  report_number: string;
  /** The last day on which it may be relied on, as the profile has it. */
  valid_until: string;
  parcel: ScreenedParcel;
  planned_use: PlannedUse;
  survey_trigger: SurveyTrigger;
  limit_class: LimitClass;
  verdict: Verdict;
  /** Whether everything that was asked is known. */
  complete: boolean;
  verdict_sentence: Words;
  /** What was looked at, theme by theme. */
  themes: ThemeCoverage[];
  /** What was found and which rules it fired: the most severe first. */
  findings: Finding[];
  /** Present use against planned use; adds up to the parcel. */
  land_use_change: UseChange[];
  /** Measured values against limits: those that exceed first. */
  samples: SampleValue[];
  /** Values farther away than next door that are within their limits or have none: how many. */
  samples_passed: SamplesPassed[];
  /** Indices of the samples on the parcel. */
  indices: IndexValue[];
  /** What could be anywhere: its position is known no better than the outermost ring. */
  unplaced: Unplaced[];
  /** What is not known. */
  unknowns: Unknown[];
  /** The layers it rests on. */
  provenance: LayerUsed[];
  /**
   * SHA-256 of the canonical JSON (RFC 8785) of this document without `id`, `made_at`,
   * `report_number` and `hash`; lower-case hexadecimal.
   */
  hash: string;
}
/** The rules a screening went by. */
export interface RulesUsed {
  /** The rule set. */
  id: string;
  /** Its version; null: the profile names a set that is not there. */
  version: number | null;
  /** What people call it. */
  title: Words | null;
  /** What must be known of the texts they rest on: in which version, whether still in force. */
  notes: Words[];
  /** SHA-256 over all files of rules, profiles, limits and codes: another digest, other rules. */
  digest: string;
}
/** Words in both languages. */
export interface Words {
  /** In Chinese. */
  zh: string;
  /** In English. */
  en: string;
}
/** The profile a screening went by. */
export interface ProfileUsed {
  /** Its name. */
  id: string;
  /** Its version. */
  version: number;
  title: Words;
  note: Words;
  /** The outer edges of the rings, metres. */
  rings_m: number[];
  /** Something is adjoining across a road whose width is below this. */
  road_width_m: number;
  /** An overlap below this is a sliver. */
  sliver_m2: number;
  /** The least share of the parcel that must have been looked at. */
  least_share_on_site: number;
  /** The least share of a ring that must have been looked at. */
  least_share_rings: number;
  /** A survey older than this does not count, years; null: none is too old. */
  survey_age_years: number | null;
  /** The soil background set it judges by. */
  background: string;
}
/** The district a screening was made for. */
export interface ScreeningDistrict {
  name: Words;
  /** Its administrative code; null: not said. */
  code: string | null;
  publisher: Words;
  /** Where to ask; null: not said. */
  contact: string | null;
}
/** The parcel that was screened. */
export interface ScreenedParcel {
  /** What tells it from others; null: it was drawn, or this audience does not see it. */
  id: string | null;
  /** The layer of parcels; null: it was drawn. */
  layer: string | null;
  /** Its number there; null: it was drawn. */
  feature: number | null;
  /** What people call it; null: it was drawn. */
  title: string | null;
  geometry: Outline;
  /** Its area on the ellipsoid. */
  area_m2: number;
  /** Its registered area; null: it has none on record. */
  registered_area_m2: number | null;
  /** How many parts it has. */
  parts: number;
  /**
   * What it is used for now, as the one who asked said or the record has it; null: only the map
   * of present use tells (see `land_use_change`).
   */
  current_use: LandUse | null;
  /** Where the present use comes from; null: there is none. */
  current_use_origin: UseOrigin | null;
  /** Former parcels of this ground. */
  lineage: Former[];
}
/** An outline: a `MultiPolygon` of `GeoJSON`, degrees. */
export interface Outline {
  type: OutlineKind;
  /** Polygons of rings of longitude and latitude. */
  coordinates: [number, number][][][];
}
/** A use of land. */
export interface LandUse {
  /** The classification in which the code means it: codes of different ones collide. */
  system: string;
  /** The code. */
  code: string;
  /** What it means; null: the classification does not list it. */
  title: Words | null;
}
/** A former parcel of the same ground. */
export interface Former {
  /** Its layer. */
  layer: string;
  /** Its number there. */
  feature: number;
  /** What people called it. */
  name: string;
  /** Its use when it was struck off; null: not known. */
  land_use: LandUse | null;
  /** The first day it was a parcel; null: not known. */
  from: string | null;
  /** The last day it was a parcel; null: not known. */
  to: string | null;
  /** The share of today's parcel it covers: what was found out of it holds for that share only. */
  covers_share: number;
}
/** What a parcel is to become. */
export interface PlannedUse {
  /** The classification; null: nothing is decided. */
  system: string | null;
  /** The code; null: nothing is decided. */
  code: string | null;
  /** What it means; null: nothing is decided, or the classification does not list it. */
  title: Words | null;
  /** The other uses of a mixed parcel. */
  also: LandUse[];
  origin: UseOrigin;
  /**
   * On what rests what it means for the soil, an entry a use; `own derivation`: no published
   * source says it.
   */
  basis: string[];
}
/** By which class of GB 36600-2018 the soil is judged. */
export interface LimitClass {
  class: SoilClass;
  /** Whether class I is taken only because the class of the planned use is not known. */
  assumed: boolean;
  /** What that rests on, an entry a planned use. */
  basis: string[];
}
/** What was looked at in a theme. */
export interface ThemeCoverage {
  /** The theme. */
  theme: string;
  title: Words;
  state: KnownState;
  /** Why not all is known; null: all is. */
  reason: UnknownReason | null;
  sentence: Words;
  /** Ring by ring: the least of its layers. */
  rings: RingCoverage[];
  /** Layer by layer. */
  layers: LayerCoverage[];
}
/** What was looked at in a ring. */
export interface RingCoverage {
  /** `on_site`, `adjoining`, or `within_…m`. */
  ring: string;
  title: Words;
  /** The share of it, as far as it lies in the district, that was looked at; null: not known. */
  covered_share: number | null;
  /** When: the oldest of the surveys that covered it; null: not known. */
  surveyed: string | null;
  /** The share of it that lies beyond the district and was cut off. */
  cut_share: number;
}
/** What was looked at in a layer. */
export interface LayerCoverage {
  /** The layer. */
  layer: string;
  title: Words;
  state: KnownState;
  /** Why not all is known; null: all is. */
  reason: UnknownReason | null;
  sentence: Words;
  /** How many features were found. */
  found: number;
  /** Ring by ring. */
  rings: RingCoverage[];
}
/**
 * Something found, and one rule that it fired; or something that fired none; or a rule that speaks
 * of the parcel as a whole.
 */
export interface Finding {
  /** The rule; null: it is there, and no rule speaks of it. */
  rule: FindingRule | null;
  /** What it comes to; null: it changes no verdict. */
  verdict: Verdict | null;
  /** The layer of the feature; null: the rule speaks of the parcel. */
  layer: string | null;
  /** What people call that layer. */
  layer_title: Words | null;
  /** The feature's number in its layer. */
  feature: number | null;
  /** What people call it; null: it has no name. */
  name: string | null;
  /** The ring it stands in: `on_site`, `adjoining`, or `within_…m`. */
  ring: string | null;
  /** The ring, in words. */
  ring_title: Words | null;
  /** Whether it may as well be farther away: its position is known too poorly. */
  possible: boolean;
  /** Whether it shares less ground with the parcel than counts. */
  sliver: boolean;
  /** Whether only a road lies between. */
  across_road: boolean;
  /** How far it is from the parcel's border; 0 on site. */
  distance_m: number | null;
  /** Least and greatest distance that its precision allows; null: the precision is not stated. */
  distance_interval_m: DistanceInterval | null;
  /** In which direction from the parcel; null on site. */
  bearing: number | null;
  /** The ground it shares with the parcel; null: it is no area. */
  overlap_m2: number | null;
  /** The share of the parcel that is; null: it is no area. */
  overlap_share: number | null;
  /** When it was so, in the world; null: of the parcel. */
  valid: FeatureSpan | null;
  /** Where harm comes from; null: not known. */
  source: Words | null;
  /** The way it takes; null: not known. */
  pathway: Words | null;
  /** Whom or what it harms; null: not known. */
  receptor: Words | null;
  /** Which of the three are not known. */
  not_known: NotKnown[];
  /** The article it rests on; null: no rule speaks of it. */
  basis: Basis | null;
  sentence: Words;
  /** What to do next; null: nothing is said. */
  next_step: Words | null;
  /** By when; null: nothing is said. */
  deadline: Words | null;
  /** What follows from it under other rules, in order. */
  steps: Step[];
  /** The values the rule's condition looked at. */
  inputs: Input[];
  /** What must be said of it, in whole sentences. */
  remarks: Words[];
}
/** The rule a finding fired. */
export interface FindingRule {
  /** Its name. */
  id: string;
  /** Its version. */
  version: number;
  title: Words;
  kind: RuleKind;
  read: RuleRead;
}
/** When a feature was so, in the world, both days counted in. */
export interface FeatureSpan {
  /** The first day; null: open or not known. */
  from: string | null;
  /** The last day; null: open or not known. */
  to: string | null;
}
/** The article something rests on, and where it was read. */
export interface Basis {
  article: Words;
  /** Where its text was met. */
  source: string;
  read: RuleRead;
}
/** A step that follows from a finding under another rule. */
export interface Step {
  rule: FindingRule;
  basis: Basis;
  sentence: Words;
  /** What to do; null: nothing is said beyond the sentence. */
  next_step: Words | null;
  /** By when; null: nothing is said. */
  deadline: Words | null;
}
/** A value that a rule's condition looked at. */
export interface Input {
  /** The name it has in the rule's condition. */
  name: string;
  /** The value, as a person reads it; empty: not recorded. */
  value: string;
}
/** A row of the table of present and planned use. */
export interface UseChange {
  /** What it is used for now; null: see `from_state`. */
  from: LandUse | null;
  from_state: FromState;
  /** What it is to become; empty: not decided. */
  to: LandUse[];
  /** The ground concerned. */
  area_m2: number;
  /** Whether the use changes; null: not known. */
  changes: boolean | null;
}
/** A measured value and the limit it was held against. */
export interface SampleValue {
  /** The layer of the sample. */
  layer: string;
  /** Its number there. */
  feature: number;
  /** What it is called; empty: it has no name. */
  name: string;
  /** The ring it stands in. */
  ring: string;
  ring_title: Words;
  /** How far from the parcel's border; 0 on site. */
  distance_m: number;
  /** The substance's symbol. */
  substance: string;
  /** What people call it; null: the lists of limits do not name it. */
  substance_title: Words | null;
  /** The value; of one below detection the limit of detection. */
  value: number;
  /** The unit of value and limits. */
  unit: string;
  /** The unit it was recorded in, where it was converted. */
  recorded_unit: string | null;
  /** `<LOD`: it lies below the limit of detection, which is neither zero nor that limit. */
  qualifier: string | null;
  /**
   * From and to which depth, metres; null: not recorded.
   *
   * @minItems 2
   * @maxItems 2
   */
  depth_m: [number, number] | null;
  /** The day it was taken; null: not recorded. */
  date: string | null;
  /** The standard; null: none has a limit. */
  standard: string | null;
  /** The limit that `ratio` is of; null: there is none, or it cannot be said which. */
  limit: number | null;
  /** What that limit is. */
  limit_kind: LimitKind | null;
  /** The intervention value; null: there is none. */
  intervention: number | null;
  /** For which class: `I`, `II`, or the kind of farmland and pH; null: not known. */
  class: string | null;
  /** Value over limit; null: not known. */
  ratio: number | null;
  exceeds: Exceeds;
  /** In how many published places the limit was met; 0: an own derivation. */
  verified: number;
  /** What must be said of it, in whole sentences. */
  remarks: Words[];
}
/** Measured values that are within their limits, or have none, told by their number. */
export interface SamplesPassed {
  /** The ring the samples stand in. */
  ring: string;
  /** How many samples. */
  samples: number;
  /** How many values. */
  values: number;
  sentence: Words;
}
/** An index of a sample. */
export interface IndexValue {
  /** The layer of the sample. */
  layer: string;
  /** Its number there. */
  feature: number;
  /** What it is called; empty: it has no name. */
  name: string;
  /** Which index: `Pi`, `PN`, `CF`, `PLI`, `Igeo`, `Er`, `RI`. */
  index: string;
  /** Of which substance; null: of all together. */
  substance: string | null;
  /** Its value. */
  value: number;
  /** Its grade; null: the source has none for the value. */
  grade: Words | null;
  /** The standard whose screening values it was computed with; null: it needs none. */
  standard: string | null;
  /** The background set it was computed with; null: it needs none. */
  background: string | null;
  /** What it was computed from. */
  substances: string[];
  /**
   * In how many published places formula, grades, factors and backgrounds were met: the least;
   * 0: an own derivation.
   */
  verified: number;
  /** What must be said of it, in whole sentences. */
  remarks: Words[];
}
/** Something known too poorly to say where it is. */
export interface Unplaced {
  /** Its layer. */
  layer: string;
  layer_title: Words;
  /** Its number there. */
  feature: number;
  /** What people call it; empty: it has no name. */
  name: string;
  /** How poorly: the true place lies within so many metres. */
  precision_m: number;
}
/** Something that is not known. */
export interface Unknown {
  /** In which theme; null: of the parcel itself. */
  theme: string | null;
  /** In which layer. */
  layer: string | null;
  /** In which ring. */
  ring: string | null;
  /** Which rule could not be decided. */
  rule: string | null;
  reason: UnknownReason;
  sentence: Words;
}
/** A layer a screening rests on. */
export interface LayerUsed {
  /** The layer. */
  layer: string;
  title: Words;
  /** 16 hexadecimal letters that change with its visible content. */
  version: string;
  /** When its data were last brought up to date: a year, a month or a day, ISO 8601. */
  updated: string;
  publisher: Words;
  /** Under which terms. */
  licence: string;
  /** Whether it is demonstration data. */
  demonstration: boolean;
}
/** `GET /screenings/options`: what can be asked for. */
export interface ScreeningOptions {
  /** The classification meant when only a code is given. */
  default_system: string;
  /** The profile meant when none is named; null: one must be named. */
  default_profile: string | null;
  /** The classifications of land use. */
  systems: UseSystem[];
  /** The profiles. */
  profiles: ProfileOption[];
}
/** A classification of land use. */
export interface UseSystem {
  /** Its name. */
  id: string;
  /** Its uses, in the order of their codes. */
  uses: UseOption[];
}
/** A use of a classification. */
export interface UseOption {
  /** Its code. */
  code: string;
  title: Words;
  /** The code above it; null: it is at the top. */
  parent: string | null;
}
/** A profile. */
export interface ProfileOption {
  /** Its name. */
  id: string;
  /** Its version. */
  version: number;
  title: Words;
  note: Words;
  /** The outer edges of its rings, metres. */
  rings_m: number[];
  /** For how many days a report may be relied on. */
  valid_days: number;
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
  /** The parcels that answer to what was asked; only where there are several. */
  candidates?: ParcelCandidate[] | null;
}
/** A parcel that answers to what was asked. */
export interface ParcelCandidate {
  /** What tells it from others. */
  id: string;
  /** Its number in the layer of parcels. */
  feature: number;
}
