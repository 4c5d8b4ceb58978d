// Says a sentence in one of the page's languages: `speak("zh")("card:close")`. A key is the feature's
// name and the sentence's; each feature keeps its sentences in a file of its own.
import i18next, { type ResourceLanguage } from "i18next";
import { FEATURES, type Later } from "./features";
import type { Lang } from "./language";

export * from "./language";

type Features = typeof FEATURES & Later;

/** `feature:sentence`, of those there are. */
export type Key = {
  [F in keyof Features & string]: `${F}:${keyof Features[F]["zh"] & string}`;
}[keyof Features & string];

export type Say = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/** Someone who speaks a language. */
export interface Tongue {
  lang: Lang;
  say: Say;
}

const LANGUAGES: readonly Lang[] = ["zh", "en"];

const sentences = (lang: Lang): ResourceLanguage =>
  Object.fromEntries(Object.entries(FEATURES).map(([feature, texts]) => [feature, texts[lang]]));

const i18n = i18next.createInstance();
void i18n.init({
  initAsync: false,
  resources: Object.fromEntries(LANGUAGES.map((lang) => [lang, sentences(lang)])),
  ns: Object.keys(FEATURES),
  fallbackLng: false,
  keySeparator: false,
  // A value is put in as it is: what is shown becomes text, never markup, and never a placeholder.
  interpolation: { prefix: "{", suffix: "}", escapeValue: false, skipOnVariables: true },
});

/** Learns the sentences of a part that has been fetched; before it nothing says them. */
export function learn<Name extends keyof Later>(feature: Name, texts: Later[Name]): void {
  for (const lang of LANGUAGES) i18n.addResourceBundle(lang, feature, texts[lang]);
}

/** The sentences of a language. */
export function speak(lang: Lang): Say {
  const t = i18n.getFixedT(lang);
  return (key, values = {}) => t(key, values);
}

const TONGUES: Readonly<Record<Lang, Tongue>> = {
  zh: { lang: "zh", say: speak("zh") },
  en: { lang: "en", say: speak("en") },
};

/** The same value every time: what is drawn with it need not be drawn anew. */
export function tongue(lang: Lang): Tongue {
  return TONGUES[lang];
}
