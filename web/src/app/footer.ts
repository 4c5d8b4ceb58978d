// The foot of the page: review number, publisher, and whose data are on the map.

import { speak } from "../text";
import { h, rebuild } from "./dom";
import { here, type State } from "./state";

/** `visible`: ids of the layers on the map. */
export function drawFooter(footer: HTMLElement, state: State, visible: ReadonlySet<string>): void {
  const say = speak(state.lang);
  const landing = here(state.landing)?.onemap;
  if (!landing) {
    rebuild(footer);
    return;
  }
  const { mapReviewNumber: number, publisher, contact } = landing;
  const attributions = (here(state.collections) ?? [])
    .filter((collection) => visible.has(collection.id))
    .map((collection) => collection.attribution ?? collection.onemap.provenance.publisher);
  const attribution = [...new Set(attributions)].join(say("values:list_separator"));
  rebuild(
    footer,
    h(
      "span",
      { class: number ? "review" : "review review-none" },
      number ? say("attribution:review", { number }) : say("attribution:not_reviewed"),
    ),
    h("span", {}, say("attribution:published_by", { publisher })),
    contact ? h("span", {}, say("attribution:contact", { contact })) : null,
    attribution
      ? h("span", { class: "attribution" }, say("attribution:data", { attribution }))
      : null,
  );
}
