import { expect, test } from "vitest";
import { evaluate, Unsupported, type Value } from "./expression";

const at = (properties: Record<string, Value>, zoom = 10) => ({ properties, zoom });

test("a value is itself and a missing property is null", () => {
  expect(evaluate("#fff", at({}))).toBe("#fff");
  expect(evaluate(["get", "kind"], at({}))).toBe(null);
  expect(evaluate(["get", "toString"], at({}))).toBe(null);
});

test("a match takes its branch, a list of labels, or its fallback", () => {
  const colour = ["match", ["get", "kind"], "a", "red", ["b", "c"], "blue", "grey"];
  expect(evaluate(colour, at({ kind: "a" }))).toBe("red");
  expect(evaluate(colour, at({ kind: "c" }))).toBe("blue");
  expect(evaluate(colour, at({}))).toBe("grey");
});

test("a step includes its lower bound", () => {
  const colour = ["step", ["get", "zn"], "low", 300, "mid", 600, "high"];
  expect(evaluate(colour, at({ zn: 299.9 }))).toBe("low");
  expect(evaluate(colour, at({ zn: 300 }))).toBe("mid");
  expect(evaluate(colour, at({ zn: 9000 }))).toBe("high");
});

test("a linear interpolation is clamped at its ends and mixes colours", () => {
  const radius = ["interpolate", ["linear"], ["zoom"], 8, 2, 12, 6];
  expect([4, 8, 10, 12, 20].map((zoom) => evaluate(radius, at({}, zoom)))).toEqual([2, 2, 4, 6, 6]);
  const colour = ["interpolate", ["linear"], ["get", "x"], 0, "white", 4, "black"];
  expect(evaluate(colour, at({ x: 1 }))).toBe("color-mix(in srgb, black 25.00%, white)");
});

test("conditions combine", () => {
  const expression = [
    "case",
    ["all", ["has", "zn"], [">", ["get", "zn"], 300]],
    "above",
    ["any", ["!", ["has", "zn"]], ["==", ["get", "zn"], 0]],
    "none",
    ["concat", "zn ", ["to-string", ["coalesce", ["get", "zn"], 1]]],
  ];
  expect(evaluate(expression, at({ zn: 301 }))).toBe("above");
  expect(evaluate(expression, at({}))).toBe("none");
  expect(evaluate(expression, at({ zn: 12 }))).toBe("zn 12");
});

test("what is beyond the subset is refused, not guessed", () => {
  expect(() => evaluate(["rgb", 1, 2, 3], at({}))).toThrow(Unsupported);
  expect(() => evaluate(["constructor"], at({}))).toThrow(Unsupported);
  expect(() => evaluate(["step", ["get", "x"], 1, 2, 3], at({}))).toThrow(Unsupported);
  const curve = ["interpolate", ["exponential", 2], ["zoom"], 0, 1, 5, 2];
  expect(() => evaluate(curve, at({}))).toThrow(Unsupported);
});
