// The list of layers by theme: which are shown, what their colours mean, whose they are.
import { html, nothing, type TemplateResult } from "lit";
import type { Collection, Schema } from "../api/types";
import { icon } from "../map/icon";
import type { LegendGroup } from "../map/legend";
import { legendLists, soleSwatch } from "../map/legend-list";
import { themes } from "../map/themes";
import { dateWords, measure } from "../map/words";
import { errorWords } from "./errors";
import { Part } from "./part";
import { type Asked, here } from "./state";

type Drawn = TemplateResult | typeof nothing;

class Layers extends Part {
  static override properties = {
    collections: { attribute: false },
    schemas: { attribute: false },
    visible: { attribute: false },
    legends: { attribute: false },
    broken: { attribute: false },
    coverage: { attribute: false },
    zoom: { type: Number },
    open: { type: Boolean },
    unfolded: { state: true },
  };

  declare collections: Asked<Collection[]>;
  declare schemas: ReadonlyMap<string, Asked<Schema>>;
  declare visible: ReadonlySet<string>;
  declare legends: ReadonlyMap<string, LegendGroup[]>;
  /** Layers whose tiles could not be had. */
  declare broken: ReadonlySet<string>;
  /** The layer whose unsurveyed surroundings are hatched. */
  declare coverage: string | null;
  /** The map's zoom, down to the whole. */
  declare zoom: number;
  /** On a phone: whether the list lies over the map. */
  declare open: boolean;
  declare unfolded: ReadonlySet<string>;

  constructor() {
    super();
    this.unfolded = new Set();
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

  #content(): Drawn | TemplateResult[] {
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
    return themes(collections.value).map(
      ([title, layers]) => html`<section class="theme">
        <h3>${title}</h3>
        <ul>${layers.map((layer) => this.#row(layer))}</ul>
      </section>`,
    );
  }

  #row(layer: Collection): TemplateResult {
    const { form, geometry } = layer.onemap;
    if (form === "existence") {
      return html`<li class="layer layer-held" data-layer=${layer.id}>
        <div class="layer-line">${icon("lock")}<span class="layer-title">${layer.title}</span></div>
        <p class="layer-note">${this.tongue.say("layers:held")}</p>
      </li>`;
    }
    const shown = this.visible.has(layer.id);
    const legend = this.legends.get(layer.id) ?? [];
    const line =
      geometry === null
        ? html`<div class="layer-line"><span class="layer-title">${layer.title}</span></div>`
        : this.#checkLine(layer, shown, legend);
    return html`<li class=${shown ? "layer layer-shown" : "layer"} data-layer=${layer.id}>
      ${line} ${this.#notes(layer, shown)}
      ${shown ? [this.#legend(layer, legend), this.#coverageSwitch(layer)] : nothing}
      ${this.#about(layer)}
    </li>`;
  }

  #checkLine(layer: Collection, shown: boolean, legend: readonly LegendGroup[]): TemplateResult {
    const turn = (event: Event) => {
      const { checked } = event.target as HTMLInputElement;
      this.tell("om-layer", { layer: layer.id, visible: checked });
    };
    return html`<label class="layer-line">
      <input type="checkbox" data-key="layer-${layer.id}" .checked=${shown} @change=${turn} />
      <span class="layer-title">${layer.title}</span>${soleSwatch(legend)}
    </label>`;
  }

  #notes(layer: Collection, shown: boolean): TemplateResult[] {
    const { say } = this.tongue;
    const { form, geometry, minzoom } = layer.onemap;
    const words: string[] = [];
    if (form === "generalised") words.push(say("layers:generalised"));
    if (geometry === null) words.push(say("layers:table"));
    if (shown && this.zoom < (minzoom ?? 0)) words.push(say("layers:zoom_in"));
    const list = words.map((text) => html`<p class="layer-note">${text}</p>`);
    if (shown && this.broken.has(layer.id)) {
      const failed = say("layers:tiles_failed");
      list.push(html`<p class="layer-note layer-note-failed">${failed}</p>`);
    }
    return list;
  }

  #legend(layer: Collection, legend: readonly LegendGroup[]): Drawn | TemplateResult[] {
    const schema = this.schemas.get(layer.id);
    const wordless = legend.every((group) => group.field === null);
    if (schema?.state === "failed" && !wordless) {
      const failed = this.tongue.say("legend:failed");
      return html`<p class="layer-note layer-note-failed">${failed}</p>`;
    }
    if (schema?.state !== "here" && !wordless) return nothing;
    const turn = (key: string) => {
      const unfolded = new Set(this.unfolded);
      if (!unfolded.delete(key)) unfolded.add(key);
      this.unfolded = unfolded;
    };
    const folding = { layer: layer.id, unfolded: this.unfolded, turn };
    return legendLists(legend, here(schema), folding, this.tongue);
  }

  #about(layer: Collection): TemplateResult {
    const { say } = this.tongue;
    return html`<details class="about">
      <summary aria-label=${say("layers:about_of", { layer: layer.title })}>${say("layers:about")}</summary>
      ${layer.description ? html`<p>${layer.description}</p>` : nothing}
      ${this.#facts(layer)}
      ${layer.onemap.coverage ? nothing : html`<p>${say("layers:coverage_unknown")}</p>`}
      <button type="button" class="link" @click=${() => this.tell("om-table", layer.id)}
        >${say("layers:open_table")}</button>
      ${
        layer.extent?.spatial.bbox[0]
          ? html`<button type="button" class="link" @click=${() => this.tell("om-zoom-to", layer.id)}
            >${say("layers:zoom_to")}</button>`
          : nothing
      }
    </details>`;
  }

  #facts({ onemap }: Collection): TemplateResult {
    const { lang, say } = this.tongue;
    const { provenance, count } = onemap;
    const kind = provenance.demonstration ? "values:kind_demonstration" : "values:kind_real";
    const rows: [string, string | null][] = [
      [say("facts:publisher"), provenance.publisher],
      [say("facts:source"), provenance.source],
      [say("facts:licence"), provenance.licence],
      [say("facts:updated"), dateWords(provenance.updated, lang)],
      [say("facts:data_kind"), say(kind)],
      [say("layers:count"), count === undefined ? null : measure(count, undefined, lang)],
    ];
    return html`<dl>${rows.map(([term, words]) =>
      words === null ? nothing : html`<div><dt>${term}</dt><dd>${words}</dd></div>`,
    )}</dl>`;
  }

  #coverageSwitch(layer: Collection): Drawn {
    if (!layer.onemap.coverage) return nothing;
    const { say } = this.tongue;
    const on = this.coverage === layer.id;
    const turn = (event: Event) =>
      this.tell("om-coverage", (event.target as HTMLInputElement).checked ? layer.id : null);
    return html`<div class="coverage">
      <label>
        <input type="checkbox" data-key="coverage-${layer.id}" .checked=${on} @change=${turn} />
        <span>${say("layers:coverage_show")}</span>
        <span class="hatch-sample" aria-hidden="true"></span>
      </label>
      ${on ? html`<p>${say("layers:coverage_hint")}</p>` : nothing}
    </div>`;
  }
}

customElements.define("om-layers", Layers);
