// One layer in the list: whether it is shown, what its colours mean, whose it is.
import { html, nothing, type TemplateResult } from "lit";
import type { Collection, Schema } from "../api/types";
import { icon } from "../map/icon";
import type { LegendGroup } from "../map/legend";
import { legendLists, soleSwatch } from "../map/legend-list";
import { dateWords, measure } from "../map/words";
import { Part } from "./part";
import { type Asked, here } from "./state";

type Drawn = TemplateResult | typeof nothing;

class Layer extends Part {
  static override properties = {
    layer: { attribute: false },
    legend: { attribute: false },
    schema: { attribute: false },
    shown: { type: Boolean },
    broken: { type: Boolean },
    hatched: { type: Boolean },
    beneath: { type: Boolean },
    opacity: { type: Number },
    more: { state: true },
    unfolded: { state: true },
  };

  declare layer: Collection;
  declare legend: readonly LegendGroup[];
  declare schema: Asked<Schema> | null;
  declare shown: boolean;
  /** Whether its tiles could not be had. */
  declare broken: boolean;
  /** Whether what was not surveyed for it is hatched. */
  declare hatched: boolean;
  /** Whether the map must be closer for it to be seen. */
  declare beneath: boolean;
  /** Percent. */
  declare opacity: number;
  declare more: boolean;
  declare unfolded: ReadonlySet<string>;

  constructor() {
    super();
    this.more = false;
    this.unfolded = new Set();
  }

  protected override render(): TemplateResult {
    const { layer, shown } = this;
    if (layer.onemap.form === "existence") {
      return html`<div class="layer-line">
          <span class="layer-sign">${icon("lock")}</span>
          <span class="layer-title">${layer.title}</span>
          ${this.#moreButton()}
        </div>
        <p class="layer-note">${this.tongue.say("layers:held")}</p>
        ${this.more ? this.#more() : nothing}`;
    }
    return html`<div class="layer-line">
        ${layer.onemap.geometry === null ? this.#tableLine() : this.#checkLine()}
        ${this.#moreButton()}
      </div>
      ${this.#notes()} ${shown ? [this.#legend(), this.#coverageSwitch()] : nothing}
      ${this.more ? this.#more() : nothing}`;
  }

  #tableLine(): TemplateResult {
    return html`<span class="layer-sign">${icon("table")}</span>
      <button type="button" class="layer-title layer-table" @click=${() => this.tell("om-table", { layer: this.layer.id })}
      >${this.layer.title}</button>`;
  }

  #checkLine(): TemplateResult {
    const { layer, shown } = this;
    const turn = (event: Event) => {
      const { checked } = event.target as HTMLInputElement;
      this.tell("om-layer", { layer: layer.id, visible: checked });
    };
    return html`<label class="layer-check">
      <input type="checkbox" data-key="layer-${layer.id}" .checked=${shown} @change=${turn} />
      <span class="layer-title">${layer.title}</span>${soleSwatch(this.legend)}
    </label>`;
  }

  #moreButton(): TemplateResult {
    const label = this.tongue.say("layers:more_of", { layer: this.layer.title });
    const turn = () => {
      this.more = !this.more;
    };
    return html`<button
      type="button"
      class="layer-more"
      aria-expanded=${this.more}
      aria-label=${label}
      title=${this.tongue.say("layers:more")}
      @click=${turn}
    >${icon("down")}</button>`;
  }

  #notes(): TemplateResult[] {
    const { say } = this.tongue;
    const { form, geometry } = this.layer.onemap;
    const words: string[] = [];
    if (form === "generalised") words.push(say("layers:generalised"));
    if (geometry === null) words.push(say("layers:table"));
    if (this.shown && this.beneath) words.push(say("layers:zoom_in"));
    const list = words.map((text) => html`<p class="layer-note">${text}</p>`);
    if (this.shown && this.broken) {
      const failed = say("layers:tiles_failed");
      list.push(html`<p class="layer-note layer-note-failed">${failed}</p>`);
    }
    return list;
  }

  #legend(): Drawn | TemplateResult[] {
    const wordless = this.legend.every((group) => group.field === null);
    if (this.schema?.state === "failed" && !wordless) {
      const failed = this.tongue.say("legend:failed");
      return html`<p class="layer-note layer-note-failed">${failed}</p>`;
    }
    if (this.schema?.state !== "here" && !wordless) return nothing;
    const turn = (key: string) => {
      const unfolded = new Set(this.unfolded);
      if (!unfolded.delete(key)) unfolded.add(key);
      this.unfolded = unfolded;
    };
    const folding = { layer: this.layer.id, unfolded: this.unfolded, turn };
    return legendLists(this.legend, here(this.schema ?? undefined), folding, this.tongue);
  }

  #coverageSwitch(): Drawn {
    const { layer, hatched } = this;
    if (!layer.onemap.coverage) return nothing;
    const { say } = this.tongue;
    const turn = (event: Event) =>
      this.tell("om-coverage", (event.target as HTMLInputElement).checked ? layer.id : null);
    return html`<div class="coverage">
      <label>
        <input type="checkbox" data-key="coverage-${layer.id}" .checked=${hatched} @change=${turn} />
        <span>${say("layers:coverage_show")}</span>
        <span class="hatch-sample" aria-hidden="true"></span>
      </label>
      ${hatched ? html`<p>${say("layers:coverage_hint")}</p>` : nothing}
    </div>`;
  }

  #more(): TemplateResult {
    const { layer } = this;
    return html`<div class="about">
      ${layer.description ? html`<p>${layer.description}</p>` : nothing}
      ${this.shown ? this.#opacity() : nothing} ${this.#ways()} ${this.#facts()}
    </div>`;
  }

  #opacity(): TemplateResult {
    const { say } = this.tongue;
    const { layer, opacity } = this;
    const set = (event: Event) => {
      const percent = Number((event.target as HTMLInputElement).value);
      this.tell("om-opacity", { layer: layer.id, percent });
    };
    return html`<label class="opacity">
      <span>${say("layers:opacity")}</span>
      <input
        type="range"
        min="10"
        max="100"
        step="10"
        .value=${String(opacity)}
        aria-label=${say("layers:opacity_of", { layer: layer.title })}
        aria-valuetext=${say("layers:percent", { n: opacity })}
        @input=${set}
      />
      <output>${say("layers:percent", { n: opacity })}</output>
    </label>`;
  }

  #ways(): Drawn {
    const { say } = this.tongue;
    const { id, extent, onemap } = this.layer;
    if (onemap.form === "existence") return nothing;
    const way = (words: string, deed: () => void) =>
      html`<button type="button" class="link" @click=${deed}>${words}</button>`;
    return html`<p class="ways">
      ${
        extent?.spatial?.bbox[0] && onemap.geometry !== null
          ? way(say("layers:zoom_to"), () => this.tell("om-zoom-to", id))
          : nothing
      }
      ${way(say("layers:open_table"), () => this.tell("om-table", { layer: id }))}
    </p>`;
  }

  #facts(): TemplateResult {
    const { lang, say } = this.tongue;
    const { provenance, count, coverage, form, geometry } = this.layer.onemap;
    const kind = provenance.demonstration ? "values:kind_demonstration" : "values:kind_real";
    const surveyed = coverage ? "layers:coverage_known" : "layers:coverage_unknown";
    const rows: [string, string | null][] = [
      [say("facts:publisher"), provenance.publisher],
      [say("facts:source"), provenance.source],
      [say("facts:licence"), provenance.licence],
      [say("facts:updated"), dateWords(provenance.updated, lang)],
      [say("facts:data_kind"), say(kind)],
      [say("layers:count"), count === undefined ? null : measure(count, undefined, lang)],
      [say("layers:coverage"), form === "existence" || geometry === null ? null : say(surveyed)],
    ];
    return html`<dl>${rows.map(([term, words]) =>
      words === null ? nothing : html`<div><dt>${term}</dt><dd>${words}</dd></div>`,
    )}</dl>`;
  }
}

customElements.define("om-layer", Layer);
