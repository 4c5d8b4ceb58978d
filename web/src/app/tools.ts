// The tools over the map: their buttons, and the small panel of the one that is taken up.
import { html, nothing, type TemplateResult } from "lit";
import type { Collection } from "../api/types";
import { icon } from "../map/icon";
import type { Measured } from "../map/ruler";
import { measure } from "../map/words";
import { LOCALE } from "../text";
import { drawable } from "./loading";
import { Part } from "./part";
import type { Compared, Tool } from "./state";
import "./time/time";

const TOOLS: readonly Tool[] = ["screen", "length", "area", "time", "compare", "print"];

class Tools extends Part {
  static override properties = {
    tool: { attribute: false },
    measured: { attribute: false },
    year: { attribute: false },
    years: { attribute: false },
    compared: { attribute: false },
    collections: { attribute: false },
    visible: { attribute: false },
  };

  declare tool: Tool | null;
  declare measured: Measured | null;
  declare year: number | null;
  declare years: readonly [number, number];
  declare compared: Compared | null;
  declare collections: readonly Collection[];
  declare visible: ReadonlySet<string>;

  protected override render(): TemplateResult {
    const { say } = this.tongue;
    const turn = (tool: Tool) => this.tell("om-tool", tool === this.tool ? null : tool);
    return html`<div class="tools" role="group" aria-label=${say("tools:title")}>
        ${TOOLS.map(
          (tool) => html`<button type="button" aria-pressed=${tool === this.tool}
            aria-label=${say(`tools:${tool}`)} title=${say(`tools:${tool}`)} data-tool=${tool}
            @click=${() => turn(tool)}>${icon(tool)}</button>`,
        )}
      </div>
      ${this.#panel()}`;
  }

  #panel(): TemplateResult | typeof nothing {
    const { tool } = this;
    const { say } = this.tongue;
    if (tool === null || tool === "print" || tool === "screen") return nothing;
    const body =
      tool === "time" ? this.#time() : tool === "compare" ? this.#compare() : this.#measure();
    return html`<section class="tool-panel" aria-label=${say(`tools:${tool}`)}>
      <header><h2>${say(`tools:${tool}`)}</h2>
        <button type="button" class="icon-button" aria-label=${say("tools:close")}
          @click=${() => this.tell("om-tool", null)}>${icon("close")}</button></header>
      ${body}
    </section>`;
  }

  #measure(): TemplateResult {
    const { measured } = this;
    const { say } = this.tongue;
    const rows: [string, string][] = [];
    if (measured && measured.corners > 1) {
      const perimeter = measured.kind === "area" && measured.corners > 2;
      rows.push([
        say(perimeter ? "tools:perimeter" : "tools:distance"),
        this.#metres(measured.lengthM),
      ]);
    }
    if (measured && measured.areaM2 !== null) {
      rows.push([say("tools:surface"), this.#squareMetres(measured.areaM2)]);
    }
    return html`
      <p class="tool-hint">${say("tools:measure_hint")}</p>
      <div role="status">
        ${
          rows.length > 0
            ? html`<dl class="measured">${rows.map(
                ([term, words]) => html`<div><dt>${term}</dt><dd>${words}</dd></div>`,
              )}</dl><p class="tool-hint">${say("tools:on_ellipsoid")}</p>`
            : nothing
        }
        ${measured?.crosses ? html`<p class="tool-hint">${say("tools:crosses")}</p>` : nothing}
      </div>
      <div class="tool-deeds">
        <button type="button" class="button" ?disabled=${!measured?.corners}
          @click=${() => this.tell("om-undo")}>${say("tools:undo")}</button>
        <button type="button" class="button" ?disabled=${!measured?.corners}
          @click=${() => this.tool && this.tell("om-tool", this.tool)}>${say("tools:again")}</button>
      </div>`;
  }

  #metres(metres: number): string {
    return metres < 1000 ? this.#number(metres, "m", 1) : this.#number(metres / 1000, "km", 3);
  }

  #squareMetres(area: number): string {
    const metres = this.#number(area, "m²", area < 1000 ? 1 : 0);
    if (area < 10_000) return metres;
    const large =
      area < 1e6 ? this.#number(area / 1e4, "ha", 2) : this.#number(area / 1e6, "km²", 3);
    return `${large} (${metres})`;
  }

  #number(value: number, unit: string, digits: number): string {
    const rounded = Number(value.toFixed(digits));
    return measure(rounded, unit, this.tongue.lang);
  }

  #time(): TemplateResult {
    const timed = this.collections.filter(
      ({ id, onemap }) => this.visible.has(id) && onemap.temporal === true,
    );
    return html`<om-time .tongue=${this.tongue} .year=${this.year} .years=${this.years}
      .layers=${timed.map(({ title }) => title)}></om-time>`;
  }

  #compare(): TemplateResult {
    const { compared } = this;
    const { say, lang } = this.tongue;
    const areas = this.collections.filter(
      (layer) => drawable(layer) && layer.onemap.geometry === "polygon",
    );
    if (!compared) return html`<p class="tool-hint">${say("tools:compare_none")}</p>`;
    const choice = (side: "left" | "right") => html`<label>${say(`tools:compare_${side}`)}
      <select data-side=${side} @change=${(event: Event) =>
        this.tell("om-compare", {
          ...compared,
          [side]: (event.target as HTMLSelectElement).value,
        })}>${areas.map(
        ({ id, title }) =>
          html`<option value=${id} ?selected=${id === compared[side]}>${title}</option>`,
      )}</select></label>`;
    const percent = new Intl.NumberFormat(LOCALE[lang], { style: "percent" });
    return html`<p class="tool-hint">${say("tools:compare_hint")}</p>
      ${choice("left")} ${choice("right")}
      <label>${say("tools:compare_line")}
        <input type="range" min="0" max="1" step="0.01" .value=${String(compared.split)}
          aria-valuetext=${percent.format(compared.split)}
          @input=${(event: Event) =>
            this.tell("om-compare", {
              ...compared,
              split: Number((event.target as HTMLInputElement).value),
            })} /></label>`;
  }
}

customElements.define("om-tools", Tools);
