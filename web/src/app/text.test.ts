import { expect, test } from "vitest";
import { type Key, speak, TEXTS } from "./text";

const keys = Object.keys(TEXTS.zh) as Key[];
const placeholders = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(String).sort();

test("both languages have the same sentences with the same placeholders", () => {
  expect(Object.keys(TEXTS.en)).toEqual(keys);
  for (const key of keys) {
    expect(placeholders(TEXTS.en[key]), key).toEqual(placeholders(TEXTS.zh[key]));
    expect(TEXTS.zh[key].trim(), key).not.toBe("");
    expect(TEXTS.en[key].trim(), key).not.toBe("");
  }
});

test("no sentence calls anything clean or safe", () => {
  for (const key of keys) {
    expect(`${TEXTS.zh[key]} ${TEXTS.en[key]}`).not.toMatch(
      /\b(clean|safe|unpolluted)\b|无污染|安全/i,
    );
  }
});

test("a value takes the place of its name, literally", () => {
  expect(speak("en")("footer_review", { number: "$& {number}" })).toBe(
    "Map review no. $& {number}",
  );
});
