// Values over time as the rows of a table give them: in order, with the periods nobody recorded.
import type { Properties } from "../../api/types";

/** How often there is a value; "other": at no fixed interval. */
export type Step = "year" | "quarter" | "month" | "other";

export interface Point {
  /** The start of the period, milliseconds. */
  at: number;
  /** Null: not recorded. */
  value: number | null;
}

export interface Series {
  step: Step;
  /** In the order of time; within a yearly or monthly series no period is missing. */
  points: Point[];
}

/** What a plan wants of a value. */
export interface Target {
  value: number;
  direction: "at_most" | "at_least";
  year: number | null;
}

const YEAR = /^(\d{4})$/;
const MONTH = /^(\d{4})-(\d{2})(?:-01)?$/;
/** The first month of a quarter. */
const QUARTER = /^\d{4}-(01|04|07|10)/;
const MOMENT = /^(\d{4})-(\d{2})-(\d{2})/;

/** The series of one field of a table; rows without a time they can be put at are left out. */
export function seriesOf(rows: readonly Properties[], time: string, value: string): Series {
  const values = new Map<number, number | null>();
  const texts: string[] = [];
  for (const row of rows) {
    const text = String(row[time] ?? "");
    const at = moment(text);
    if (at === null) continue;
    const number = row[value];
    texts.push(text);
    values.set(at, typeof number === "number" ? number : null);
  }
  const step = stepOf(texts);
  const known = [...values.keys()].sort((a, b) => a - b);
  const [first, last] = [known.at(0), known.at(-1)];
  if (first === undefined || last === undefined) return { step, points: [] };
  const periods = step === "other" ? known : every(step, first, last);
  return { step, points: periods.map((at) => ({ at, value: values.get(at) ?? null })) };
}

/** The last value that was recorded. */
export function latest(series: Series): { at: number; value: number } | null {
  const point = series.points.findLast(({ value }) => value !== null);
  return point && point.value !== null ? { at: point.at, value: point.value } : null;
}

/** Where the last value stands to what the plan wants; null: there is nothing to compare. */
export function reached(series: Series, target: Target | null): boolean | null {
  const value = latest(series)?.value;
  if (value === undefined || !target) return null;
  return target.direction === "at_most" ? value <= target.value : value >= target.value;
}

function moment(text: string): number | null {
  const [, year, month, day] = MOMENT.exec(text) ?? MONTH.exec(text) ?? YEAR.exec(text) ?? [];
  if (year === undefined) return null;
  const at = Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  return Number.isNaN(at) ? null : at;
}

function stepOf(texts: readonly string[]): Step {
  if (texts.every((text) => YEAR.test(text) || text.endsWith("-01-01"))) return "year";
  if (!texts.every((text) => MONTH.test(text))) return "other";
  return texts.every((text) => QUARTER.test(text)) ? "quarter" : "month";
}

function every(step: Exclude<Step, "other">, first: number, last: number): number[] {
  const from = new Date(first);
  const months = { year: 12, quarter: 3, month: 1 }[step];
  const found: number[] = [];
  for (let n = 0; ; n += months) {
    const at = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + n, 1);
    if (at > last) return found;
    found.push(at);
  }
}
