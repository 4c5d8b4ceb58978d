// The widget's card: what was clicked, in a few lines, with its source; or a choice of several.
import { html, nothing, type TemplateResult } from "lit";
import type { Collection, Item, Schema } from "../api/types";
import type { Hit } from "../map/hits";
import { icon } from "../map/icon";
import { lookOf } from "../map/look";
import type { DrawnLayer } from "../map/style";
import { swatch } from "../map/swatch";
import { attributes, dateWords, precisionWords } from "../map/words";
import type { Tongue } from "../text";
import { type Card, titleOfFeature } from "./facts";

/** A card is a glance: the rest is on the full map. */
const FEW = 6;

export interface CardView {
  card: Card;
  collections: readonly Collection[];
  schemas: ReadonlyMap<string, Schema>;
  drawn: ReadonlyMap<string, DrawnLayer[]>;
  tongue: Tongue;
  /** The full map, opened on this feature. */
  fullMap: string;
}

export interface CardDeeds {
  close(): void;
  open(hit: Hit, among: readonly Hit[]): void;
  offer(hits: readonly Hit[]): void;
  retry(): void;
}

export function drawCard(view: CardView, deeds: CardDeeds): TemplateResult | typeof nothing {
  if (view.card.kind === "closed") return nothing;
  return html`<section
    class="card"
    role="dialog"
    aria-label=${view.tongue.say("card:title")}
    @keydown=${(event: KeyboardEvent) => event.key === "Escape" && deeds.close()}
  >${content(view, deeds)}</section>`;
}

function content(view: CardView, deeds: CardDeeds): TemplateResult {
  const { card, tongue } = view;
  const { say } = tongue;
  switch (card.kind) {
    case "closed":
      return html``;
    case "nothing":
      return html`${bar(nothing, view, deeds)}<p class="state">${say("card:nothing")}</p>`;
    case "choice":
      return choice(card.hits, view, deeds);
    case "waiting":
      return html`${bar(back(card.among, view, deeds), view, deeds)}
        <p class="state" role="status">${say("card:loading")}</p>`;
    case "failed":
      return html`${bar(back(card.among, view, deeds), view, deeds)}
        <div class="state state-failed" role="alert">
          <p>${card.words}</p>
          <button type="button" class="button" @click=${deeds.retry}>${say("page:try_again")}</button>
        </div>`;
    case "feature":
      return feature(card.item, card, view, deeds);
  }
}

type Drawn = TemplateResult | typeof nothing;

/** The card's upper edge: what it is about, and the way out. */
function bar(about: Drawn, { tongue }: CardView, deeds: CardDeeds): TemplateResult {
  return html`<div class="card-bar">
    ${about}
    <button
      type="button"
      class="icon-button card-close"
      aria-label=${tongue.say("card:close")}
      @click=${deeds.close}
    >${icon("close")}</button>
  </div>`;
}

function back(among: readonly Hit[], { tongue }: CardView, deeds: CardDeeds): Drawn {
  if (among.length < 2) return nothing;
  return html`<button type="button" class="link card-back" @click=${() => deeds.offer(among)}>
    ${icon("back")}${tongue.say("card:back", { n: among.length })}
  </button>`;
}

function layerOf(view: CardView, id: string): Collection | null {
  return view.collections.find((collection) => collection.id === id) ?? null;
}

function choice(hits: readonly Hit[], view: CardView, deeds: CardDeeds): TemplateResult {
  const { tongue, schemas, drawn } = view;
  const question = tongue.say("card:choose", { n: hits.length });
  return html`${bar(html`<h2 tabindex="-1" class="card-question">${question}</h2>`, view, deeds)}
    <ul class="choices">
      ${hits.map((hit) => {
        const layer = layerOf(view, hit.layer);
        const schema = schemas.get(hit.layer) ?? null;
        return html`<li>
          <button type="button" class="choice" @click=${() => deeds.open(hit, hits)}>
            ${swatch(lookOf(drawn.get(hit.layer) ?? [], hit.properties))}
            <span class="choice-words">
              <span class="choice-name">${titleOfFeature(layer, hit, schema, tongue.lang)}</span>
              <span class="choice-layer">${layer?.title ?? hit.layer}</span>
            </span>
          </button>
        </li>`;
      })}
    </ul>`;
}

function feature(
  item: Item,
  { layer: id, among }: { layer: string; among: readonly Hit[] },
  view: CardView,
  deeds: CardDeeds,
): TemplateResult {
  const layer = layerOf(view, id);
  const schema = view.schemas.get(id) ?? null;
  const { tongue, drawn } = view;
  const title = titleOfFeature(layer, item, schema, tongue.lang);
  const about = html`<p class="card-layer">
    ${swatch(lookOf(drawn.get(id) ?? [], item.properties))}<span>${layer?.title ?? id}</span>
  </p>`;
  return html`${bar(about, view, deeds)}
    <div class="card-head">
      <h2 tabindex="-1">${title}</h2>
      ${back(among, view, deeds)}
    </div>
    ${rows(item, title, schema, tongue)} ${layer ? source(item, layer, tongue) : nothing}
    <p class="card-more">
      <a href=${view.fullMap} target="_blank" rel="noopener">${tongue.say("widget:all_details")}</a>
    </p>`;
}

/** What is recorded, in the layer's order, without what already is the heading. */
function rows(item: Item, heading: string, schema: Schema | null, tongue: Tongue): TemplateResult {
  const { say } = tongue;
  const all = attributes(item.properties, schema ?? { properties: {} }, tongue).filter(
    ({ recorded, words }) => recorded && words !== heading,
  );
  if (all.length === 0) return html`<p class="card-note">${say("card:no_attributes")}</p>`;
  const left = all.length - FEW;
  return html`<dl>
      ${all
        .slice(0, FEW)
        .map(
          ({ field, title, words }) =>
            html`<div data-field=${field}><dt>${title}</dt><dd>${words}</dd></div>`,
        )}
    </dl>
    ${left > 0 ? html`<p class="card-note">${say("widget:more", { n: left })}</p>` : nothing}`;
}

/** Who says so, how exactly, and as of when. */
function source(item: Item, layer: Collection, tongue: Tongue): TemplateResult {
  const { say, lang } = tongue;
  const { provenance, form } = layer.onemap;
  const facts: [string, string][] = [
    [say("facts:publisher"), provenance.publisher],
    [say("facts:updated"), dateWords(provenance.updated, lang)],
    [say("facts:precision"), precisionWords(item.precision_m, tongue)],
    [say("facts:licence"), provenance.licence],
  ];
  return html`<div class="card-source">
    ${
      provenance.demonstration
        ? html`<p><span class="badge badge-demonstration">${say("values:kind_demonstration")}</span></p>`
        : nothing
    }
    ${form === "generalised" ? html`<p>${say("facts:generalised_note")}</p>` : nothing}
    <dl>${facts.map(([term, words]) => html`<div><dt>${term}</dt><dd>${words}</dd></div>`)}</dl>
  </div>`;
}
