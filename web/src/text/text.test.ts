import { expect, test } from "vitest";
import { type Key, learn, speak } from ".";
import { FEATURES } from "./features";
import { screening } from "./screening";

learn("screening", screening);

const files = Object.keys(import.meta.glob(["./*.ts", "!./*.test.ts"]))
  .map((path) => path.slice(2, -3))
  .filter((name) => !["index", "features", "language"].includes(name));
const features = Object.entries({ ...FEATURES, screening }).map(([name, { zh, en }]) => ({
  name,
  zh: zh as Record<string, string>,
  en: en as Record<string, string>,
}));
const placeholders = (sentence: string | undefined) =>
  [...(sentence ?? "").matchAll(/\{\w+\}/g)].map(String).sort();

test("every file of sentences is spoken", () => {
  expect(features.map(({ name }) => name).sort()).toEqual(files);
});

test("both languages have the same sentences with the same placeholders", () => {
  for (const { name, zh, en } of features) {
    expect(Object.keys(en), name).toEqual(Object.keys(zh));
    for (const [key, sentence] of Object.entries(zh)) {
      expect(placeholders(en[key]), `${name}:${key}`).toEqual(placeholders(sentence));
      expect(sentence.trim(), `${name}:${key}`).not.toBe("");
      expect(en[key]?.trim(), `${name}:${key}`).not.toBe("");
    }
  }
});

test("every key says its own sentence in each language", () => {
  for (const { name, ...languages } of features) {
    for (const lang of ["zh", "en"] as const) {
      for (const [key, sentence] of Object.entries(languages[lang])) {
        const names = placeholders(sentence).map((name) => name.slice(1, -1));
        const values = Object.fromEntries(names.map((name) => [name, `{${name}}`]));
        expect(speak(lang)(`${name}:${key}` as Key, values)).toBe(sentence);
      }
    }
  }
});

test("no sentence calls anything clean or safe", () => {
  for (const { name, zh, en } of features) {
    const all = [...Object.values(zh), ...Object.values(en)].join("\n");
    expect(all, name).not.toMatch(/\b(clean|safe|unpolluted)\b|无污染|安全/i);
  }
});

test("a value takes the place of its name, literally", () => {
  const number = "$& {number} $t(page:title) <b>";
  expect(speak("en")("attribution:review", { number })).toBe(`Map review no. ${number}`);
});
