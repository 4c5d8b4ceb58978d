// The card of what was clicked: one feature in words, or a choice between several.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Api, ServerError } from "../api/client";
import { serverRoot } from "../api/root";
import type { Collection, Item, Schema } from "../api/types";
import type { Hit } from "../map/hits";
import { icon } from "../map/icon";
import { lookOf } from "../map/look";
import type { DrawnLayer } from "../map/style";
import { swatch } from "../map/swatch";
import {
  attributes,
  dateWords,
  measure,
  nameOf,
  parcelNumbers,
  precisionWords,
  validWords,
} from "../map/words";
import { figures } from "./coordinates";
import { errorWords } from "./errors";
import { Part } from "./part";
import "./related";
import { type Asked, type Card, here } from "./state";

/** The layer of what can be screened by its number. */
const PARCELS = "parcels";

export class CardPart extends Part {
  static override properties = {
    card: { attribute: false },
    collections: { attribute: false },
    schemas: { attribute: false },
    drawn: { attribute: false },
    api: { attribute: false },
    screening: { attribute: false },
  };

  declare card: Card;
  declare collections: readonly Collection[];
  declare schemas: ReadonlyMap<string, Asked<Schema>>;
  declare api: Api;
  declare drawn: ReadonlyMap<string, DrawnLayer[]>;
  /** Whether it was opened from a screening, which lies below. */
  declare screening: boolean;

  #held = false;
  #shown = "";

  /** Moves the focus to the card's heading, or to its way out until there is one. */
  async takeFocus(): Promise<void> {
    await this.updateComplete;
    const target =
      this.querySelector<HTMLElement>("h2[tabindex]") ??
      this.querySelector<HTMLElement>(".card-close");
    target?.focus({ preventScroll: true });
  }

  /** The card's height and width, pixels; nothing while it is closed. */
  get size(): { width: number; height: number } {
    const { clientWidth: width = 0, clientHeight: height = 0 } = this.firstElementChild ?? {};
    return { width, height };
  }

  protected override willUpdate(): void {
    this.#held = this.contains(document.activeElement);
  }

  protected override updated(_: PropertyValues): void {
    const shown = this.querySelector("h2")?.textContent ?? this.card.kind;
    if (this.#held && shown !== this.#shown) void this.takeFocus();
    this.#shown = shown;
  }

  protected override render(): TemplateResult {
    return html`<section
      class="card"
      aria-label=${this.tongue.say("card:title")}
      ?hidden=${this.card.kind === "closed"}
    >${this.#content()}</section>`;
  }

  #content(): TemplateResult | typeof nothing {
    switch (this.card.kind) {
      case "closed":
        return nothing;
      case "nothing":
        return html`${this.#bar(nothing)}<p class="state">${this.tongue.say("card:nothing")}</p>`;
      case "choice":
        return this.#choice(this.card.hits);
      case "feature":
        return this.#feature(this.card);
    }
  }

  /** The card's upper edge: what it is about, and the way out. */
  #bar(about: TemplateResult | typeof nothing): TemplateResult {
    return html`<div class="card-bar">
      ${about}
      <button
        type="button"
        class="icon-button card-close"
        aria-label=${this.tongue.say("card:close")}
        @click=${() => this.tell("om-card-close")}
      >${icon("close")}</button>
    </div>`;
  }

  #back(among: readonly Hit[]): TemplateResult | typeof nothing {
    if (this.screening) {
      return html`<button type="button" class="link card-back" @click=${() => this.tell("om-card-close")}
        >${icon("back")}${this.tongue.say("card:to_screening")}</button>`;
    }
    if (among.length < 2) return nothing;
    return html`<button type="button" class="link card-back" @click=${() => this.tell("om-card-back")}
      >${icon("back")}${this.tongue.say("card:back", { n: among.length })}</button>`;
  }

  /** Nothing for what is not drawn: a row of a table. */
  #swatch(layer: string, properties: Hit["properties"]): TemplateResult | typeof nothing {
    const look = lookOf(this.drawn.get(layer) ?? [], properties);
    return look.length === 0 ? nothing : swatch(look);
  }

  #layer(id: string): Collection | null {
    return this.collections.find((collection) => collection.id === id) ?? null;
  }

  #choice(hits: readonly Hit[]): TemplateResult {
    const question = this.tongue.say("card:choose", { n: hits.length });
    return html`${this.#bar(html`<h2 tabindex="-1" class="card-question">${question}</h2>`)}
      <ul class="choices">
        ${hits.map((hit) => {
          const schema = here(this.schemas.get(hit.layer));
          const layer = this.#layer(hit.layer);
          const label = layer?.onemap.label;
          const name = nameOf(hit.properties, schema, this.tongue, label) ?? `#${hit.id}`;
          return html`<li>
            <button type="button" class="choice" @click=${() => this.tell("om-open", hit)}>
              ${this.#swatch(hit.layer, hit.properties)}
              <span class="choice-words">
                <span class="choice-name">${name}</span>
                <span class="choice-layer">${layer?.title ?? hit.layer}</span>
              </span>
            </button>
          </li>`;
        })}
      </ul>`;
  }

  #feature(card: Extract<Card, { kind: "feature" }>): TemplateResult {
    const layer = this.#layer(card.layer);
    const schema = this.schemas.get(card.layer)?.state ?? "waiting";
    const among = this.#back(card.among);
    if (card.item.state === "failed") {
      return html`${this.#bar(among)}${this.#failure(card.item.error)}`;
    }
    if (card.item.state === "waiting" || !layer || schema === "waiting") {
      const loading = this.tongue.say("card:loading");
      return html`${this.#bar(among)}<p class="state" role="status">${loading}</p>`;
    }
    const item = card.item.value;
    const known = here(this.schemas.get(layer.id));
    const name = nameOf(item.properties, known, this.tongue, layer.onemap.label);
    return html`${this.#bar(this.#about(layer, item))}
      <div class="card-head">
        <h2 tabindex="-1">${name ?? `#${item.id}`}</h2>
        ${among}
      </div>
      ${this.#screen(layer, item)} ${this.#attributes(layer, item)}
      <om-related .tongue=${this.tongue} .api=${this.api} .collections=${this.collections}
        .layer=${layer} .item=${item}></om-related>
      ${this.#provenance(layer, item)}`;
  }

  /** The way from a parcel to its screening. */
  #screen({ id, onemap }: Collection, item: Item): TemplateResult | typeof nothing {
    const [field = ""] = onemap.identity ?? [];
    const number = item.properties[field] ?? null;
    if (id !== PARCELS || number === null) return nothing;
    const parcel = { id: String(number) };
    return html`<button type="button" class="button card-screen"
      @click=${() => this.tell("om-screen", { parcel, planned: null })}
      >${icon("screen")}${this.tongue.say("card:screen")}</button>`;
  }

  #failure(error: ServerError): TemplateResult {
    const { say } = this.tongue;
    if (error.status === 404) {
      return html`<p class="state state-failed" role="alert">${say("card:gone")}</p>`;
    }
    return html`<div class="state state-failed" role="alert">
      <p><strong>${say("card:failed")}</strong></p>
      <p>${errorWords(error, say)}</p>
      <button type="button" class="button" @click=${() => this.tell("om-card-retry")}
        >${say("page:try_again")}</button>
    </div>`;
  }

  #about(layer: Collection, item: Item): TemplateResult {
    const demonstration = this.tongue.say("page:demonstration");
    return html`<p class="card-layer">
      ${this.#swatch(layer.id, item.properties)}
      <span>${layer.title}</span>
      ${
        layer.onemap.provenance.demonstration
          ? html`<span class="badge badge-demonstration">${demonstration}</span>`
          : nothing
      }
    </p>`;
  }

  #attributes(layer: Collection, item: Item): TemplateResult {
    const { say } = this.tongue;
    const known = this.schemas.get(layer.id);
    const rows = attributes(item.properties, here(known) ?? { properties: {} }, this.tongue);
    return html`<section>
      <h3>${say("card:attributes")}</h3>
      ${
        known?.state === "failed"
          ? html`<p class="card-note">${say("card:schema_failed")}</p>`
          : nothing
      }
      ${
        rows.length === 0
          ? html`<p>${say("card:no_attributes")}</p>`
          : html`<dl>${rows.map(
              ({ field, title, words, recorded }) =>
                html`<div data-field=${field}><dt>${title}</dt><dd class=${recorded ? nothing : "unrecorded"}>${this.#words(field, words, layer)}</dd></div>`,
            )}</dl>`
      }
    </section>`;
  }

  /** An attribute in words; other parcels that it names are ways to them. */
  #words(field: string, words: string, { onemap }: Collection): string | TemplateResult[] {
    const parcels = onemap.identity?.includes(field) ? [] : parcelNumbers(words);
    if (parcels.length === 0) return words;
    return parcels.map(
      (number) => html`<button type="button" class="link card-number"
        @click=${() => this.tell("om-number", number)}>${number}</button>`,
    );
  }

  #provenance(layer: Collection, item: Item): TemplateResult {
    const { say, lang } = this.tongue;
    const { provenance, form } = layer.onemap;
    const kind = provenance.demonstration ? "values:kind_demonstration" : "values:kind_real";
    const json = new URL(`collections/${layer.id}/items/${item.id}?lang=${lang}`, serverRoot).href;
    const rows: [string, string, string | null][] = [
      ["precision", say("facts:precision"), precisionWords(item.precision_m, this.tongue)],
      ["valid", say("facts:valid"), validWords(item.valid, this.tongue)],
      ["publisher", say("facts:publisher"), provenance.publisher],
      ["source", say("facts:source"), provenance.source],
      ["licence", say("facts:licence"), provenance.licence],
      ["updated", say("facts:updated"), dateWords(provenance.updated, lang)],
      ["kind", say("facts:data_kind"), say(kind)],
    ];
    return html`<section class="card-provenance">
      <h3>${say("card:provenance")}</h3>
      ${form === "generalised" ? html`<p class="card-note">${this.#generalised(item)}</p>` : nothing}
      <dl>${this.#place(item)}${rows.map(([fact, term, words]) =>
        words === null
          ? nothing
          : html`<div data-fact=${fact}><dt>${term}</dt><dd>${words}</dd></div>`,
      )}</dl>
      <p class="card-data">
        <a class="link" href=${json} target="_blank" rel="noopener">${say("card:data")}</a>
      </p>
    </section>`;
  }

  #place(item: Item): TemplateResult | typeof nothing {
    if (figures(item) === null) return nothing;
    const point = item.geometry?.type === "Point";
    return html`<div data-fact="coordinates">
      <dt>${this.tongue.say(point ? "card:here" : "card:centre")}</dt>
      <dd><om-coordinates .tongue=${this.tongue} .item=${item}></om-coordinates></dd>
    </div>`;
  }

  /** What was done to the position before it was published. */
  #generalised({ precision_m }: Item): string {
    const { say, lang } = this.tongue;
    if (precision_m === null) return say("facts:generalised_note");
    return say("facts:generalised_by", { n: measure(Math.round(precision_m), undefined, lang) });
  }
}

customElements.define("om-card", CardPart);
