// A layer's legend, read off its style: which of its features look different, and how. The style's
// branches give the samples; each sample is drawn by the same rules as the map.
import type { Scalar } from "../api/types";
import { labels, type Value } from "./expression";
import { LEGEND_ZOOM, type Look, lookOf, signField } from "./look";
import type { DrawnLayer } from "./style";

/** What the features of an entry have in common. The words for it are the reader's business. */
export type Meaning =
  | { kind: "everything" }
  | { kind: "cluster" }
  | { kind: "values"; field: string; values: Scalar[] }
  /** `presence`: what is not recorded is told apart. */
  | { kind: "others"; field: string; known: Scalar[]; presence?: true }
  | { kind: "range"; field: string; from: Bound | null; to: Bound | null }
  | { kind: "about"; field: string; value: number }
  | { kind: "below-detection"; field: string }
  | { kind: "recorded"; field: string }
  | { kind: "not-recorded"; field: string };

/** An end of a range; `upper`: the bound itself belongs to the range above it. */
export interface Bound {
  value: number;
  upper: boolean;
}

export interface LegendEntry {
  meaning: Meaning;
  look: Look;
}

/** Entries that differ by one field; `field` null: they do not differ by a field. */
export interface LegendGroup {
  field: string | null;
  entries: LegendEntry[];
}

/** What the branches of a style ask of one field. */
interface Question {
  values: Scalar[];
  bounds: Map<number, Bound>;
  stops: number[];
  presence: boolean;
  detection: boolean;
}

const CLUSTER_FIELD = "point_count";
const LOD = "_lod";

/** The legend of a layer with these style layers. Empty: nothing of it is drawn. */
export function legendOf(drawn: readonly DrawnLayer[], zoom: number = LEGEND_ZOOM): LegendGroup[] {
  const questions = collect(drawn);
  const clusters = questions.delete(CLUSTER_FIELD);
  const drawFor = (field: string | null) => {
    // A sign says something of its own field only.
    const telling = drawn.filter((layer) => layer.type !== "symbol" || signField(layer) === field);
    return (properties: Record<string, Scalar>) => lookOf(telling, properties, zoom);
  };
  const groups = [...questions]
    .map(([field, question]) => ({ field, entries: entriesOf(field, question, drawFor(field)) }))
    .filter((group) => differ(group.entries))
    .map(({ field, entries }) => ({ field, entries: signsAlone(entries) }));
  const plain = drawFor(null);
  const result: LegendGroup[] = groups.length > 0 ? groups : everything(plain({}));
  const crowd = clusters ? plain({ [CLUSTER_FIELD]: 12 }) : [];
  if (crowd.length > 0) {
    result.push({ field: null, entries: [{ meaning: { kind: "cluster" }, look: crowd }] });
  }
  return result;
}

function everything(look: Look): LegendGroup[] {
  return look.length === 0
    ? []
    : [{ field: null, entries: [{ meaning: { kind: "everything" }, look }] }];
}

function differ(entries: LegendEntry[]): boolean {
  const kinds = new Set(entries.map((entry) => JSON.stringify(entry.look)));
  return kinds.size > 1 || (entries.length === 1 && entries[0]?.meaning.kind === "values");
}

/** Where only the signs tell the entries apart, the signs alone are shown, in the reader's ink. */
function signsAlone(entries: LegendEntry[]): LegendEntry[] {
  const signs = entries.some(({ look }) => look.some((coat) => coat.type === "text"));
  const rest = entries.map(({ look }) =>
    JSON.stringify(look.filter((coat) => coat.type !== "text")),
  );
  if (!signs || rest.some((look) => look !== rest[0])) return entries;
  return entries.map(({ meaning, look }) => ({
    meaning,
    look: look
      .filter((coat) => coat.type === "text")
      .map((coat) => ({ ...coat, color: "currentColor" })),
  }));
}

type Draw = (properties: Record<string, Scalar>) => Look;

function entriesOf(field: string, question: Question, draw: Draw): LegendEntry[] {
  const entries: LegendEntry[] = [];
  const add = (meaning: Meaning, look: Look) => {
    if (look.length > 0) entries.push({ meaning, look });
  };
  if (question.values.length > 0) {
    entries.push(...byLook(field, question.values, draw));
    const known = question.values;
    if (question.presence)
      add({ kind: "others", field, known, presence: true }, draw({ [field]: UNLISTED }));
    else add({ kind: "others", field, known }, draw({}));
  }
  for (const [from, to] of ranges(question.bounds)) {
    add({ kind: "range", field, from, to }, draw({ [field]: within(from, to) }));
  }
  for (const value of question.stops) {
    add({ kind: "about", field, value }, draw({ [field]: value }));
  }
  if (question.detection) {
    add({ kind: "below-detection", field }, draw({ [field + LOD]: 1 }));
  }
  if (question.presence) {
    if (entries.length === 0) add({ kind: "recorded", field }, draw({ [field]: UNLISTED }));
    add({ kind: "not-recorded", field }, draw({}));
  }
  return entries;
}

/** A value that no style names. */
const UNLISTED = "\u0000";

/** Values that look alike share an entry. */
function byLook(field: string, values: Scalar[], draw: Draw): LegendEntry[] {
  const entries = new Map<string, { look: Look; values: Scalar[] }>();
  for (const value of values) {
    const look = draw({ [field]: value });
    if (look.length === 0) continue;
    const key = JSON.stringify(look);
    const entry = entries.get(key) ?? { look, values: [] };
    entry.values.push(value);
    entries.set(key, entry);
  }
  return [...entries.values()].map(({ look, values: alike }) => ({
    meaning: { kind: "values", field, values: alike },
    look,
  }));
}

function ranges(bounds: Question["bounds"]): [Bound | null, Bound | null][] {
  const sorted = [...bounds.values()].sort((a, b) => a.value - b.value);
  if (sorted.length === 0) return [];
  return [null, ...sorted].map((from, i) => [from, sorted[i] ?? null]);
}

function within(from: Bound | null, to: Bound | null): number {
  if (from && to) return (from.value + to.value) / 2;
  return from ? from.value + 1 : (to?.value ?? 0) - 1;
}

/** Every field that a paint property or a filter branches on, with what it asks. */
function collect(drawn: readonly DrawnLayer[]): Map<string, Question> {
  const questions = new Map<string, Question>();
  for (const colours of [true, false]) {
    for (const layer of drawn) {
      if (layer.type === "symbol") {
        if (!colours && signField(layer) !== null) {
          const field = layer.layout["text-field"];
          walk(typeof field === "string" ? layer.filter : field, questions);
        }
        continue;
      }
      for (const [name, value] of Object.entries(layer.paint)) {
        if (name.endsWith("-color") === colours) walk(value, questions);
      }
      if (!colours && layer.filter !== undefined) walk(layer.filter, questions);
    }
  }
  return questions;
}

function walk(expression: Value | undefined, questions: Map<string, Question>): void {
  if (!Array.isArray(expression) || typeof expression[0] !== "string") return;
  const [operator, ...args] = expression;
  if (operator === "literal") return;
  const question = questionOf(operator, args, questions);
  if (operator === "match" && question) {
    for (let i = 1; i + 1 < args.length; i += 2) push(question.values, labels(args[i] ?? null));
  } else if (operator === "step" && question) {
    for (let i = 2; i < args.length; i += 2) bound(question, args[i], true);
  } else if (operator === "interpolate" && question) {
    for (let i = 2; i < args.length; i += 2) push(question.stops, [args[i] ?? null]);
  } else if (operator === "has" && question) {
    question.presence = true;
  } else if (operator === "in" && question && Array.isArray(args[1])) {
    push(question.values, labels(args[1][1] ?? null));
  } else if (typeof operator === "string" && COMPARISONS.has(operator) && question) {
    comparison(operator, args, question);
  }
  // The labels of a match are data, however much one may look like an expression.
  const inner =
    operator === "match" ? args.filter((_, i) => i % 2 === 0 || i === args.length - 1) : args;
  for (const arg of inner) walk(arg, questions);
}

const COMPARISONS = new Set(["==", "!=", "<", "<=", ">", ">="]);

function comparison(operator: string, args: Value[], question: Question): void {
  const turned = fieldOf(args[0]) === null;
  const value = (turned ? args[0] : args[1]) ?? null;
  if (operator === "==" || operator === "!=") {
    if (value === null) question.presence = true;
    else push(question.values, [value]);
    return;
  }
  // x >= 5 and x < 5 leave 5 to the range above; x > 5 and x <= 5 to the range below.
  const upper = operator === ">=" || operator === "<";
  bound(question, value, turned ? !upper : upper);
}

function bound(question: Question, value: Value | undefined, upper: boolean): void {
  if (typeof value === "number") question.bounds.set(value, { value, upper });
}

function push<T extends Scalar>(into: T[], values: Value[]): void {
  for (const value of values) {
    if (value !== null && typeof value !== "object" && !into.includes(value as T)) {
      into.push(value as T);
    }
  }
}

/** The question about the field that an expression looks at; about a detection limit: its field's. */
function questionOf(
  operator: Value | undefined,
  args: Value[],
  questions: Map<string, Question>,
): Question | null {
  const name = operator === "has" ? args[0] : firstField(operator, args);
  if (typeof name !== "string") return null;
  const below = name.endsWith(LOD);
  const field = below ? name.slice(0, -LOD.length) : name;
  const question = questions.get(field) ?? {
    values: [],
    bounds: new Map(),
    stops: [],
    presence: false,
    detection: false,
  };
  questions.set(field, question);
  if (below) question.detection = true;
  return below ? null : question;
}

function firstField(operator: Value | undefined, args: Value[]): string | null {
  if (operator === "match" || operator === "step" || operator === "in") return fieldOf(args[0]);
  if (operator === "interpolate") return fieldOf(args[1]);
  if (typeof operator === "string" && COMPARISONS.has(operator)) {
    return fieldOf(args[0]) ?? fieldOf(args[1]);
  }
  return null;
}

const WRAPPERS = new Set(["to-number", "to-string", "coalesce", "number", "string"]);

function fieldOf(expression: Value | undefined): string | null {
  if (!Array.isArray(expression)) return null;
  const [operator, first] = expression;
  if (operator === "get") return typeof first === "string" ? first : null;
  return typeof operator === "string" && WRAPPERS.has(operator) ? fieldOf(first) : null;
}
