// The plan's indicators as the board shows them, read from the layers that hold them.
import type { Api } from "../../api/client";
import type { Collection, Item, Properties, Schema } from "../../api/types";
import { type Lang, LOCALE, type Tongue } from "../../text";
import { latest, reached, type Series, seriesOf, type Target } from "../series/series";

const INDICATORS = "plan-indicators";
/** More rows than a plan has indicators, or an indicator has years. */
const MANY = { limit: "10000" };

export type Status = "reached" | "short" | "no_values" | "no_target";

export interface Indicator {
  id: string;
  name: string;
  theme: string;
  unit: string;
  target: Target | null;
  series: Series;
  status: Status;
  basis: string;
  document: string;
  source: string;
}

export interface Plan {
  district: string;
  mapReviewNumber: string;
  indicators: Indicator[];
  /** The layer that holds the indicators: publisher, licence, date. */
  layer: Collection;
}

/** Reads the plan; null: the server has none. */
export async function readPlan(api: Api, lang: Lang): Promise<Plan | null> {
  const [landing, collections] = await Promise.all([api.landing(lang), api.collections(lang)]);
  const layer = collections.find(({ id }) => id === INDICATORS);
  const child = collections.find(({ onemap }) => onemap.partOf?.layer === INDICATORS);
  const series = child?.onemap.series;
  const link = child?.onemap.partOf?.field;
  const value = series?.values[0];
  if (!layer || !child || !series || link === undefined || value === undefined) return null;
  const [indicators, values, schema] = await Promise.all([
    api.page(layer.id, MANY, lang),
    api.page(child.id, MANY, lang),
    api.schema(layer.id, lang),
  ]);
  const identity = layer.onemap.identity?.[0] ?? link;
  const rows = indicators.items.map(({ properties }) => properties);
  rows.sort((a, b) => Number(a.sort ?? 0) - Number(b.sort ?? 0));
  return {
    district: landing.onemap.district.name,
    mapReviewNumber: landing.onemap.mapReviewNumber,
    layer,
    indicators: rows.map((row) => {
      const own = values.items.filter(({ properties }) => properties[link] === row[identity]);
      return indicator(row, seriesOf(own.map(propertiesOf), series.time, value), schema, lang);
    }),
  };
}

function propertiesOf({ properties }: Item): Properties {
  return properties;
}

function indicator(row: Properties, series: Series, schema: Schema, lang: Lang): Indicator {
  const text = (field: string) => String((lang === "en" && row[`${field}_en`]) || row[field] || "");
  const word = (field: string) => {
    const codes = schema.properties[field]?.oneOf ?? [];
    return codes.find((code) => code.const === row[field])?.title ?? text(field);
  };
  const target = targetOf(row);
  return {
    id: text("indicator_id"),
    name: text("name"),
    theme: word("theme"),
    // An index has no unit: that is not one left unrecorded.
    unit: (row.unit ?? "") === "" ? "" : word("unit"),
    target,
    series,
    status: statusOf(series, target),
    basis: word("basis"),
    document: text("document"),
    source: text("data_source"),
  };
}

function targetOf(row: Properties): Target | null {
  const { target, direction, target_year: year } = row;
  if (typeof target !== "number") return null;
  if (direction !== "at_most" && direction !== "at_least") return null;
  return { value: target, direction, year: typeof year === "number" ? year : null };
}

function statusOf(series: Series, target: Target | null): Status {
  if (!latest(series)) return "no_values";
  const there = reached(series, target);
  if (there === null) return "no_target";
  return there ? "reached" : "short";
}

/** A value with its unit. */
export function valueWords(value: number, unit: string, { lang }: Tongue): string {
  const number = new Intl.NumberFormat(LOCALE[lang]).format(value);
  return unit ? `${number}\u00a0${unit}` : number;
}

/** What the plan wants, in words. */
export function targetWords({ target, unit }: Indicator, tongue: Tongue): string {
  const { say } = tongue;
  if (!target) return say("plan:target_none");
  const value = valueWords(target.value, unit, tongue);
  const atMost = target.value === 0 ? "plan:target_zero" : "plan:target_at_most";
  const words = say(target.direction === "at_most" ? atMost : "plan:target_at_least", { value });
  return target.year === null
    ? words
    : say("plan:target_by", { target: words, year: String(target.year) });
}
