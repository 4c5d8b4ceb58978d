// The card of what was clicked: one feature in words, or a choice between several.
import type { ServerError } from "../api/client";
import type { Collection, Item } from "../api/types";
import type { Hit } from "../map/hits";
import { lookOf } from "../map/look";
import type { DrawnLayer } from "../map/style";
import { attributes, dateWords, nameOf, precisionWords, validWords } from "../map/words";
import { type Tongue, tongue as tongueOf } from "../text";
import { h, icon } from "./dom";
import { errorWords } from "./errors";
import { type Card, collectionOf, here, type State } from "./state";
import { swatch } from "./swatch";

export interface CardDeeds {
  close(): void;
  open(hit: Hit): void;
  back(): void;
  retry(): void;
}

type Drawn = ReadonlyMap<string, DrawnLayer[]>;

export function drawCard(card: HTMLElement, state: State, drawn: Drawn, deeds: CardDeeds): void {
  const tongue = tongueOf(state.lang);
  card.hidden = state.card.kind === "closed";
  card.setAttribute("aria-label", tongue.say("card:title"));
  card.replaceChildren(...cardContent(state, drawn, deeds, tongue));
}

function cardContent(state: State, drawn: Drawn, deeds: CardDeeds, tongue: Tongue): HTMLElement[] {
  switch (state.card.kind) {
    case "closed":
      return [];
    case "nothing":
      return [bar(null, deeds, tongue), h("p", { class: "state" }, tongue.say("card:nothing"))];
    case "choice":
      return choice(state.card.hits, state, drawn, deeds, tongue);
    case "feature":
      return feature(state.card, state, drawn, deeds, tongue);
  }
}

/** The card's upper edge: what it is about, and the way out. */
function bar(about: HTMLElement | null, deeds: CardDeeds, { say }: Tongue): HTMLElement {
  return h(
    "div",
    { class: "card-bar" },
    about,
    h(
      "button",
      {
        type: "button",
        class: "icon-button card-close",
        "aria-label": say("card:close"),
        onclick: deeds.close,
      },
      icon("close"),
    ),
  );
}

function back(among: readonly Hit[], deeds: CardDeeds, { say }: Tongue): HTMLElement | null {
  if (among.length < 2) return null;
  return h(
    "button",
    { type: "button", class: "link card-back", onclick: deeds.back },
    icon("back"),
    say("card:back", { n: among.length }),
  );
}

function choice(
  hits: readonly Hit[],
  state: State,
  drawn: Drawn,
  deeds: CardDeeds,
  tongue: Tongue,
): HTMLElement[] {
  const row = (hit: Hit) => {
    const schema = here(state.schemas.get(hit.layer));
    const layer = collectionOf(state, hit.layer)?.title ?? hit.layer;
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "choice", onclick: () => deeds.open(hit) },
        swatch(lookOf(drawn.get(hit.layer) ?? [], hit.properties)),
        h(
          "span",
          { class: "choice-words" },
          h(
            "span",
            { class: "choice-name" },
            nameOf(hit.properties, schema, tongue) ?? `#${hit.id}`,
          ),
          h("span", { class: "choice-layer" }, layer),
        ),
      ),
    );
  };
  return [
    bar(
      h(
        "h2",
        { tabindex: "-1", class: "card-question" },
        tongue.say("card:choose", { n: hits.length }),
      ),
      deeds,
      tongue,
    ),
    h("ul", { class: "choices" }, ...hits.map(row)),
  ];
}

function feature(
  card: Extract<Card, { kind: "feature" }>,
  state: State,
  drawn: Drawn,
  deeds: CardDeeds,
  tongue: Tongue,
): HTMLElement[] {
  const layer = collectionOf(state, card.layer);
  const schema = state.schemas.get(card.layer)?.state ?? "waiting";
  const among = back(card.among, deeds, tongue);
  if (card.item.state === "failed") {
    return [bar(among, deeds, tongue), failure(card.item.error, deeds, tongue)];
  }
  if (card.item.state === "waiting" || !layer || schema === "waiting") {
    return [
      bar(among, deeds, tongue),
      h("p", { class: "state", role: "status" }, tongue.say("card:loading")),
    ];
  }
  const item = card.item.value;
  const known = here(state.schemas.get(layer.id));
  return [
    bar(about(layer, item, drawn, tongue), deeds, tongue),
    h(
      "div",
      { class: "card-head" },
      h("h2", { tabindex: "-1" }, nameOf(item.properties, known, tongue) ?? `#${item.id}`),
      among,
    ),
    attributePart(layer, item, state, tongue),
    provenancePart(layer, item, tongue),
  ];
}

function failure(error: ServerError, deeds: CardDeeds, { say }: Tongue): HTMLElement {
  if (error.status === 404) {
    return h("p", { class: "state state-failed", role: "alert" }, say("card:gone"));
  }
  return h(
    "div",
    { class: "state state-failed", role: "alert" },
    h("p", {}, h("strong", {}, say("card:failed"))),
    h("p", {}, errorWords(error, say)),
    h("button", { type: "button", class: "button", onclick: deeds.retry }, say("page:try_again")),
  );
}

function about(layer: Collection, item: Item, drawn: Drawn, { say }: Tongue): HTMLElement {
  return h(
    "p",
    { class: "card-layer" },
    swatch(lookOf(drawn.get(layer.id) ?? [], item.properties)),
    h("span", {}, layer.title),
    layer.onemap.provenance.demonstration &&
      h("span", { class: "badge badge-demonstration" }, say("page:demonstration")),
  );
}

function attributePart(layer: Collection, item: Item, state: State, tongue: Tongue): HTMLElement {
  const known = state.schemas.get(layer.id);
  const schema = here(known) ?? { properties: {} };
  const rows = attributes(item.properties, schema, tongue).map(
    ({ field, title, words, recorded }) =>
      h(
        "div",
        { "data-field": field },
        h("dt", {}, title),
        h("dd", { class: recorded ? null : "unrecorded" }, words),
      ),
  );
  return h(
    "section",
    {},
    h("h3", {}, tongue.say("card:attributes")),
    known?.state === "failed" && h("p", { class: "card-note" }, tongue.say("card:schema_failed")),
    rows.length > 0 ? h("dl", {}, ...rows) : h("p", {}, tongue.say("card:no_attributes")),
  );
}

function provenancePart(layer: Collection, item: Item, tongue: Tongue): HTMLElement {
  const { say, lang } = tongue;
  const { provenance, form } = layer.onemap;
  const rows: [string, string, string][] = [
    ["precision", say("facts:precision"), precisionWords(item.precision_m, tongue)],
    ["valid", say("facts:valid"), validWords(item.valid, tongue)],
    ["publisher", say("facts:publisher"), provenance.publisher],
  ];
  if (provenance.source) rows.push(["source", say("facts:source"), provenance.source]);
  rows.push(["licence", say("facts:licence"), provenance.licence]);
  rows.push(["updated", say("facts:updated"), dateWords(provenance.updated, lang)]);
  rows.push([
    "kind",
    say("facts:data_kind"),
    say(provenance.demonstration ? "values:kind_demonstration" : "values:kind_real"),
  ]);
  return h(
    "section",
    { class: "card-provenance" },
    h("h3", {}, say("card:provenance")),
    form === "generalised" && h("p", { class: "card-note" }, say("facts:generalised_note")),
    h(
      "dl",
      {},
      ...rows.map(([fact, term, words]) =>
        h("div", { "data-fact": fact }, h("dt", {}, term), h("dd", {}, words)),
      ),
    ),
  );
}
