// Says a sentence of the page in one of its languages.
import type { Lang } from "../api/types";
import { en } from "./text.en";
import { zh } from "./text.zh";

export type Key = keyof typeof zh;

export type Say = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

export const TEXTS: Readonly<Record<Lang, Readonly<Record<Key, string>>>> = { zh, en };

/** What `<html lang>` says. */
export const HTML_LANG: Readonly<Record<Lang, string>> = { zh: "zh-CN", en: "en" };

/** The sentences of a language. A placeholder without a value stays visible: a test catches it. */
export function speak(lang: Lang): Say {
  return (key, values = {}) =>
    TEXTS[lang][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? String(values[name]) : whole,
    );
}
