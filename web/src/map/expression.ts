// Evaluates the style expressions that layers may use (docs/styles.md), outside the renderer: a
// legend asks what a feature with these properties would look like.

export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** What an expression may look at. */
export interface Sample {
  properties: Readonly<Record<string, Value>>;
  zoom: number;
}

/** An expression beyond the subset, or applied to what it cannot take. */
export class Unsupported extends Error {}

type Operator = (args: Value[], sample: Sample) => Value;

/** The value of an expression, or of a plain value, for a sample. */
export function evaluate(expression: Value, sample: Sample): Value {
  if (!Array.isArray(expression)) return expression;
  const [name, ...args] = expression;
  const operator = typeof name === "string" ? OPERATORS.get(name) : undefined;
  if (!operator) throw new Unsupported(`the expression ${JSON.stringify(name)}`);
  return operator(args, sample);
}

/** Whether a value is an expression rather than a constant. */
export function isExpression(value: unknown): value is Value[] {
  return Array.isArray(value) && typeof value[0] === "string" && OPERATORS.has(value[0]);
}

const OPERATORS = new Map<string, Operator>(
  Object.entries({
    literal: ([value]) => value ?? null,
    get: ([name], sample) => property(sample, name),
    has: ([name], sample) => property(sample, name) !== null,
    zoom: (_, sample) => sample.zoom,
    "!": ([a], sample) => evaluate(at(a), sample) !== true,
    "==": ([a, b], sample) => evaluate(at(a), sample) === evaluate(at(b), sample),
    "!=": ([a, b], sample) => evaluate(at(a), sample) !== evaluate(at(b), sample),
    "<": compare((a, b) => a < b),
    "<=": compare((a, b) => a <= b),
    ">": compare((a, b) => a > b),
    ">=": compare((a, b) => a >= b),
    all: (args, sample) => args.every((a) => evaluate(a, sample) === true),
    any: (args, sample) => args.some((a) => evaluate(a, sample) === true),
    in: ([needle, list], sample) => {
      const values = evaluate(at(list), sample);
      return Array.isArray(values) && values.includes(evaluate(at(needle), sample));
    },
    case: (args, sample) => {
      for (let i = 0; i + 1 < args.length; i += 2) {
        if (evaluate(at(args[i]), sample) === true) return evaluate(at(args[i + 1]), sample);
      }
      return evaluate(at(args.at(-1)), sample);
    },
    match: ([input, ...rest], sample) => {
      const value = evaluate(at(input), sample);
      for (let i = 0; i + 1 < rest.length; i += 2) {
        if (labels(at(rest[i])).includes(value)) return evaluate(at(rest[i + 1]), sample);
      }
      return evaluate(at(rest.at(-1)), sample);
    },
    step: ([input, first, ...stops], sample) => {
      const x = number(evaluate(at(input), sample));
      let output = at(first);
      for (let i = 0; i + 1 < stops.length; i += 2) {
        if (x >= number(at(stops[i]))) output = at(stops[i + 1]);
      }
      return evaluate(output, sample);
    },
    interpolate: ([curve, input, ...stops], sample) => {
      if (!Array.isArray(curve) || curve[0] !== "linear") {
        throw new Unsupported("an interpolation that is not linear");
      }
      return interpolate(number(evaluate(at(input), sample)), stops, sample);
    },
    coalesce: (args, sample) => {
      for (const arg of args) {
        const value = evaluate(arg, sample);
        if (value !== null) return value;
      }
      return null;
    },
    "to-string": ([a], sample) => text(evaluate(at(a), sample)),
    "to-number": ([a], sample) => number(evaluate(at(a), sample)),
    concat: (args, sample) => args.map((a) => text(evaluate(a, sample))).join(""),
  } satisfies Record<string, Operator>),
);

/** The labels of one branch of a match: one value or a list. */
export function labels(label: Value): Value[] {
  return Array.isArray(label) ? label : [label];
}

function compare(holds: (a: number | string, b: number | string) => boolean): Operator {
  return ([left, right], sample) => {
    const [a, b] = [evaluate(at(left), sample), evaluate(at(right), sample)];
    const comparable =
      (typeof a === "number" && typeof b === "number") ||
      (typeof a === "string" && typeof b === "string");
    return comparable && holds(a as number, b as number);
  };
}

function interpolate(x: number, stops: Value[], sample: Sample): Value {
  let below = 0;
  while (below + 2 < stops.length && x >= number(at(stops[below + 2]))) below += 2;
  const low = number(at(stops[below]));
  const from = evaluate(at(stops[below + 1]), sample);
  if (x <= low || below + 2 >= stops.length) return from;
  const high = number(at(stops[below + 2]));
  const to = evaluate(at(stops[below + 3]), sample);
  const share = (x - low) / (high - low);
  if (typeof from === "number" && typeof to === "number") return from + (to - from) * share;
  return `color-mix(in srgb, ${text(to)} ${(share * 100).toFixed(2)}%, ${text(from)})`;
}

function property(sample: Sample, name: Value | undefined): Value {
  return typeof name === "string"
    ? Object.hasOwn(sample.properties, name)
      ? (sample.properties[name] ?? null)
      : null
    : null;
}

function at(value: Value | undefined): Value {
  if (value === undefined) throw new Unsupported("an expression with too few arguments");
  return value;
}

function number(value: Value): number {
  const x = typeof value === "string" ? Number.parseFloat(value) : value;
  if (typeof x !== "number" || Number.isNaN(x)) throw new Unsupported(`${text(value)} as a number`);
  return x;
}

function text(value: Value): string {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
