// The top of the page: whose map it is, which language, and whether what shows is real.
import type { Lang } from "../api/types";
import { HTML_LANG, speak } from "../text";
import { h, icon, rebuild } from "./dom";
import { here, type State } from "./state";

export interface HeaderDeeds {
  language(lang: Lang): void;
  togglePanel(): void;
}

const LANGUAGES: readonly { lang: Lang; name: string }[] = [
  { lang: "zh", name: "中文" },
  { lang: "en", name: "EN" },
];

export function drawHeader(
  header: HTMLElement,
  state: State,
  demonstration: boolean,
  deeds: HeaderDeeds,
): void {
  const say = speak(state.lang);
  const landing = here(state.landing)?.onemap;
  rebuild(
    header,
    h(
      "button",
      {
        class: "panel-toggle",
        type: "button",
        "data-key": "panel-toggle",
        "aria-expanded": String(state.panelOpen),
        "aria-controls": "panel",
        onclick: deeds.togglePanel,
      },
      icon("layers"),
      h("span", {}, say("layers:title")),
    ),
    h(
      "div",
      { class: "brand" },
      h("h1", {}, landing?.district.name ?? "OneMap"),
      h("p", {}, say("page:title")),
    ),
    h(
      "div",
      { class: "header-end" },
      landing?.audience === "department" &&
        h("span", { class: "badge badge-plain" }, say("page:audience_department")),
      demonstration &&
        h(
          "span",
          { class: "badge badge-demonstration", title: say("page:demonstration_why") },
          say("page:demonstration"),
        ),
      languageSwitch(state.lang, say("page:language"), deeds),
    ),
  );
}

function languageSwitch(current: Lang, label: string, deeds: HeaderDeeds): HTMLElement {
  return h(
    "div",
    { class: "language", role: "group", "aria-label": label },
    ...LANGUAGES.map(({ lang, name }) =>
      h(
        "button",
        {
          type: "button",
          lang: HTML_LANG[lang],
          "data-key": `lang-${lang}`,
          "aria-pressed": String(lang === current),
          onclick: () => deeds.language(lang),
        },
        name,
      ),
    ),
  );
}
