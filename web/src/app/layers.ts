// The list of layers: by theme, or in the order in which they lie over each other.
import { html, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Collection, Schema } from "../api/types";
import { icon } from "../map/icon";
import type { LegendGroup } from "../map/legend";
import type { DrawnLayer } from "../map/style";
import { matching, type Theme, themes } from "../map/themes";
import { errorWords } from "./errors";
import "./layer";
import "./order";
import { Part } from "./part";
import type { Asked } from "./state";

class Layers extends Part {
  static override properties = {
    collections: { attribute: false },
    schemas: { attribute: false },
    visible: { attribute: false },
    stack: { attribute: false },
    opacity: { attribute: false },
    legends: { attribute: false },
    drawn: { attribute: false },
    broken: { attribute: false },
    coverage: { attribute: false },
    zoom: { type: Number },
    open: { type: Boolean },
    unfolded: { state: true },
    ordering: { state: true },
    filter: { state: true },
  };

  declare collections: Asked<Collection[]>;
  declare schemas: ReadonlyMap<string, Asked<Schema>>;
  declare visible: ReadonlySet<string>;
  /** All layers of the map, topmost first. */
  declare stack: readonly string[];
  declare opacity: ReadonlyMap<string, number>;
  declare legends: ReadonlyMap<string, LegendGroup[]>;
  declare drawn: ReadonlyMap<string, DrawnLayer[]>;
  /** Layers whose tiles could not be had. */
  declare broken: ReadonlySet<string>;
  /** The layer whose unsurveyed surroundings are hatched. */
  declare coverage: string | null;
  /** The map's zoom, down to the whole. */
  declare zoom: number;
  /** On a phone: whether the list lies over the map. */
  declare open: boolean;
  /** Ids of the themes that are unfolded. */
  declare unfolded: ReadonlySet<string>;
  declare ordering: boolean;
  declare filter: string;

  constructor() {
    super();
    this.unfolded = new Set();
    this.ordering = false;
    this.filter = "";
  }

  /** Unfolds the themes of layers that have come to be shown. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("visible") || this.collections.state !== "here") return;
    const before = changed.get("visible") ?? new Set();
    const fresh = this.collections.value.filter(
      ({ id }) => this.visible.has(id) && !before.has(id),
    );
    if (fresh.length === 0) return;
    this.unfolded = new Set([...this.unfolded, ...fresh.map(({ onemap }) => onemap.theme.id)]);
  }

  protected override render(): TemplateResult {
    const { say } = this.tongue;
    return html`<nav id="panel" class=${this.open ? "panel open" : "panel"} aria-label=${say("layers:title")}>
      <div class="panel-head">
        <h2>${say("layers:title")}</h2>
        <button
          type="button"
          class="icon-button panel-close"
          aria-label=${say("layers:close")}
          @click=${() => this.tell("om-panel", false)}
        >${icon("close")}</button>
      </div>
      ${this.#content()}
    </nav>`;
  }

  #content(): TemplateResult {
    const { say } = this.tongue;
    const { collections } = this;
    if (collections.state === "waiting") {
      return html`<p class="state" role="status">${say("layers:loading")}</p>`;
    }
    if (collections.state === "failed") {
      return html`<div class="state state-failed" role="alert">
        <p><strong>${say("layers:failed")}</strong></p>
        <p>${errorWords(collections.error, say)}</p>
        <button type="button" class="button" @click=${() => this.tell("om-retry")}
          >${say("page:try_again")}</button>
      </div>`;
    }
    if (collections.value.length === 0) {
      return html`<p class="state" role="status">${say("layers:none")}</p>`;
    }
    return html`${this.#views()}
      ${
        this.ordering
          ? html`<om-order .tongue=${this.tongue} .layers=${collections.value} .drawn=${this.drawn}
              .shown=${this.stack.filter((id) => this.visible.has(id))}></om-order>`
          : this.#catalogue(collections.value)
      }`;
  }

  /** Chooses between the list by theme and the order. */
  #views(): TemplateResult {
    const { say } = this.tongue;
    const view = (words: string, ordering: boolean) => html`<button
      type="button"
      aria-pressed=${this.ordering === ordering}
      @click=${() => {
        this.ordering = ordering;
      }}
    >${words}</button>`;
    return html`<div class="panel-views">
      <div class="switch" role="group" aria-label=${say("layers:title")}>
        ${view(say("layers:catalogue"), false)} ${view(say("layers:order"), true)}
      </div>
    </div>`;
  }

  #catalogue(layers: readonly Collection[]): TemplateResult {
    const { say } = this.tongue;
    const found = matching(layers, this.filter);
    const find = (event: Event) => {
      this.filter = (event.target as HTMLInputElement).value;
    };
    return html`<div class="panel-filter">
        <input type="search" .value=${this.filter} @input=${find}
          aria-label=${say("layers:filter")} placeholder=${say("layers:filter")} />
      </div>
      ${
        found.length === 0
          ? html`<p class="state" role="status">${say("layers:filter_none", { text: this.filter })}</p>`
          : repeat(
              themes(found),
              ({ id }) => id,
              (theme) => this.#theme(theme),
            )
      }`;
  }

  #theme({ id, title, layers }: Theme): TemplateResult {
    const searching = this.filter.trim() !== "";
    const open = searching || this.unfolded.has(id);
    const n = layers.filter((layer) => this.visible.has(layer.id)).length;
    const turn = () => {
      const unfolded = new Set(this.unfolded);
      if (!unfolded.delete(id)) unfolded.add(id);
      this.unfolded = unfolded;
    };
    const count = this.tongue.say("layers:shown_of", { n, all: layers.length });
    return html`<section class="theme" data-theme-id=${id}>
      <h3>
        <button type="button" aria-expanded=${open} @click=${turn}>
          ${icon("down")}<span>${title}</span>
          <span class=${n > 0 ? "theme-count theme-some" : "theme-count"}
            ><span aria-hidden="true">${n} / ${layers.length}</span
            ><span class="unseen">${count}</span></span>
        </button>
      </h3>
      <ul ?hidden=${!open}>
        ${repeat(
          layers,
          (layer) => layer.id,
          (layer) => this.#row(layer),
        )}
      </ul>
    </section>`;
  }

  #row(layer: Collection): TemplateResult {
    const { id, onemap } = layer;
    const shown = this.visible.has(id);
    return html`<li class=${shown ? "layer layer-shown" : "layer"} data-layer=${id}>
      <om-layer
        .tongue=${this.tongue}
        .layer=${layer}
        .legend=${this.legends.get(id) ?? NO_LEGEND}
        .schema=${this.schemas.get(id) ?? null}
        .shown=${shown}
        .broken=${this.broken.has(id)}
        .hatched=${this.coverage === id}
        .beneath=${this.zoom < (onemap.minzoom ?? 0)}
        .opacity=${this.opacity.get(id) ?? 100}
      ></om-layer>
    </li>`;
  }
}

const NO_LEGEND: readonly LegendGroup[] = [];

customElements.define("om-layers", Layers);
