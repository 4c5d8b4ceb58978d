// The languages the page speaks.
export type Lang = "zh" | "en";

/** What `<html lang>` says. */
export const HTML_LANG: Readonly<Record<Lang, string>> = { zh: "zh-CN", en: "en" };

/** What dates and numbers are written by. */
export const LOCALE: Readonly<Record<Lang, string>> = { zh: "zh-CN", en: "en-GB" };
