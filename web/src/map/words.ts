// Data in words: code words, numbers with their units, dates, precision. Never a raw code.
import type { Item, Properties, Scalar, Schema, SchemaProperty } from "../api/types";
import { type Lang, LOCALE, type Tongue } from "../text";
import type { Bound, Meaning } from "./legend";

const LOD = "_lod";

/** The field that says what was done to a record before it was published. */
const GENERALISED = "dataGeneralizations";

/** One attribute as a person reads it; `recorded` false: the words say that nothing is. */
export interface Attribute {
  field: string;
  title: string;
  words: string;
  recorded: boolean;
}

/** The attributes of a feature in the schema's order; what the schema does not name comes last. */
export function attributes(properties: Properties, schema: Schema, tongue: Tongue): Attribute[] {
  const known = Object.keys(schema.properties).filter((name) => isField(name, schema));
  const extra = Object.keys(properties).filter(
    (name) => !Object.hasOwn(schema.properties, name) && !isCompanion(name, schema),
  );
  // A record on a coarse grid comes without what would tell its place: that is not "not recorded".
  const generalised = Object.hasOwn(schema.properties, GENERALISED);
  const nothing = tongue.say(generalised ? "values:not_told" : "values:not_recorded");
  return [...known, ...extra].map((field) => {
    const words = valueWords(properties, field, schema, tongue);
    return {
      field,
      title: titleOf(field, schema),
      words: words ?? nothing,
      recorded: words !== null,
    };
  });
}

const PARCEL = /^\d{12}[A-Z]{2}\d{5}$/;

/** The parcels that an attribute names (宗地代码, several with semicolons between them); or none. */
export function parcelNumbers(words: string): string[] {
  const parts = words.split(/[;；]/).map((part) => part.trim());
  return parts.every((part) => PARCEL.test(part)) ? parts : [];
}

/** What people call a field. */
export function titleOf(field: string, schema: Schema | null): string {
  return schema?.properties[field]?.title ?? field;
}

function isField(name: string, schema: Schema): boolean {
  const format = schema.properties[name]?.format ?? "";
  return !isCompanion(name, schema) && !format.startsWith("geometry");
}

/** Whether a property only carries another's limit of detection. */
function isCompanion(name: string, schema: Schema): boolean {
  return name.endsWith(LOD) && Object.hasOwn(schema.properties, name.slice(0, -LOD.length));
}

/** A field's value in words with its unit, `<0.05` below detection; null: not recorded. */
export function valueWords(
  properties: Properties,
  field: string,
  schema: Schema | null,
  tongue: Tongue,
): string | null {
  const property = schema?.properties[field] ?? {};
  const value = properties[field] ?? null;
  if (field === GENERALISED && typeof value === "string") return oneTongue(value, tongue.lang);
  if (value !== null && value !== "") return scalarWords(value, property, tongue);
  const limit = properties[field + LOD] ?? null;
  return limit === null ? null : `<${scalarWords(limit, property, tongue)}`;
}

/** What Darwin Core wants in one text, 中文 / English, in the reader's language. */
function oneTongue(words: string, lang: Lang): string {
  const [zh = words, en = words] = words.split(" / ");
  return lang === "zh" ? zh : en;
}

function scalarWords(value: Scalar, property: SchemaProperty, { lang, say }: Tongue): string {
  if (property.oneOf) {
    const entry = property.oneOf.find((code) => code.const === value);
    return entry?.title ?? say("values:unlisted");
  }
  if (typeof value === "boolean") return say(value ? "values:yes" : "values:no");
  if (typeof value === "number") return measure(value, property["x-onemap-unit"], lang);
  if (property.format === "date") return dateWords(value, lang);
  return property.format === "date-time" ? momentWords(value, lang) : value;
}

/** A number with its unit. Digits are grouped only where it measures something: ids and years stay. */
export function measure(value: number, unit: string | undefined, lang: Lang): string {
  const digits = new Intl.NumberFormat(LOCALE[lang], {
    maximumFractionDigits: 12,
    useGrouping: unit ? "min2" : false,
  }).format(value);
  return unit ? `${digits}\u00a0${unitWords(unit)}` : digits;
}

function unitWords(unit: string): string {
  return unit.replace(/\b(k?m)2\b/g, "$1²").replace(/\b(k?m)3\b/g, "$1³");
}

/** A year, month or day (ISO 8601) in words; what is none of these as it stands. */
export function dateWords(iso: string, lang: Lang): string {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(iso);
  if (!match) return iso;
  const [, year, month, day] = match;
  const date = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(LOCALE[lang], {
    timeZone: "UTC",
    year: "numeric",
    ...(month ? { month: "long" } : {}),
    ...(day ? { day: "numeric" } : {}),
  }).format(date);
}

function momentWords(iso: string, lang: Lang): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(LOCALE[lang], {
    dateStyle: "long",
    timeStyle: "short",
  }).format(date);
}

export function precisionWords(metres: number | null, { lang, say }: Tongue): string {
  if (metres === null) return say("values:precision_unknown");
  const n = new Intl.NumberFormat(LOCALE[lang], {
    maximumSignificantDigits: 3,
  }).format(metres);
  return say("values:precision_metres", { n });
}

export function validWords({ from, to }: Item["valid"], { lang, say }: Tongue): string {
  const words = {
    from: from ? dateWords(from, lang) : "",
    to: to ? dateWords(to, lang) : "",
  };
  if (from && to) return say("values:valid_between", words);
  if (from) return say("values:valid_from", words);
  return to ? say("values:valid_to", words) : say("values:valid_unknown");
}

/** What a legend entry says. `everything` says nothing: the layer's title does. */
export function meaningWords(meaning: Meaning, schema: Schema | null, tongue: Tongue): string {
  const { say } = tongue;
  const property = ("field" in meaning ? schema?.properties[meaning.field] : null) ?? {};
  switch (meaning.kind) {
    case "everything":
      return "";
    case "cluster":
      return say("legend:cluster");
    case "values": {
      const words = valuesWords(meaning.values, property, tongue);
      const [first = ""] = words;
      return words.length > FEW
        ? say("legend:and_more", { first, n: words.length })
        : words.join(say("values:list_separator"));
    }
    case "others":
      return othersWords(property, meaning, tongue);
    case "range":
      return rangeWords(meaning.from, meaning.to, property, tongue);
    case "about":
      return scalarWords(meaning.value, property, tongue);
    case "below-detection":
      return say("legend:below_detection");
    case "recorded":
      return say("legend:recorded");
    case "not-recorded":
      return say("legend:not_recorded");
  }
}

/** Every value that a legend entry stands for, where its words name only the first; null otherwise. */
export function allMeant(meaning: Meaning, schema: Schema | null, tongue: Tongue): string | null {
  if (meaning.kind !== "values" || meaning.values.length <= FEW) return null;
  const property = schema?.properties[meaning.field] ?? {};
  return valuesWords(meaning.values, property, tongue).join(tongue.say("values:list_separator"));
}

function valuesWords(values: Scalar[], property: SchemaProperty, tongue: Tongue): string[] {
  return [...new Set(values.map((value) => scalarWords(value, property, tongue)))];
}

/** Of a code list the few that are left, by name; otherwise only that they are others. */
function othersWords(
  property: SchemaProperty,
  { known, presence }: Extract<Meaning, { kind: "others" }>,
  { say }: Tongue,
): string {
  const left = property.oneOf?.filter((code) => code.const !== null && !known.includes(code.const));
  if (!left || left.length > FEW) return say("legend:others");
  const words = left.map((code) => code.title);
  if (presence) return words.join(say("values:list_separator"));
  const always = [property.type ?? "null"].flat().every((type) => type !== "null");
  return (always ? words : [...words, say("legend:not_recorded")]).join(
    say("values:list_separator"),
  );
}

const FEW = 3;

function rangeWords(
  from: Bound | null,
  to: Bound | null,
  property: SchemaProperty,
  { lang, say }: Tongue,
): string {
  const unit = property["x-onemap-unit"];
  const bare = (bound: Bound | null) => (bound ? measure(bound.value, undefined, lang) : "");
  const full = (bound: Bound | null) => (bound ? measure(bound.value, unit, lang) : "");
  if (from && to) return say("legend:range_between", { from: bare(from), to: full(to) });
  if (from)
    return say(from.upper ? "legend:range_from" : "legend:range_above", { from: full(from) });
  return say(to?.upper ? "legend:range_below" : "legend:range_up_to", { to: full(to) });
}

/** Fields that tend to hold what a thing is called, best first. */
const NAMES = ["name", "title", "site_name", "parcel_name", "vernacularName", "scientificName"];

/** What to call a feature, best by its layer's `label`; null: it has no name of its own. */
export function nameOf(
  properties: Properties,
  schema: Schema | null,
  tongue: Tongue,
  label?: string | null,
): string | null {
  const fields = Object.keys(schema?.properties ?? properties);
  const named = fields.filter((field) => /(^|_)name$/.test(field));
  const own = label
    ? [...(tongue.lang === "en" ? [`${label}_en`, ...latin(label)] : []), label]
    : [];
  for (const field of [...own, ...NAMES, ...named, ...fields.filter((f) => isText(f, schema))]) {
    const words = Object.hasOwn(properties, field)
      ? valueWords(properties, field, schema, tongue)
      : null;
    if (words) return words;
  }
  return null;
}

/** A species whose common name is Chinese has a Latin one for everybody else. */
function latin(label: string): string[] {
  return label === "vernacularName" ? ["scientificName"] : [];
}

function isText(field: string, schema: Schema | null): boolean {
  const property = schema?.properties[field];
  const types = [property?.type ?? []].flat();
  return types.includes("string") && !property?.oneOf && property?.format === undefined;
}
