// The print view: a sheet with title, map, scale, north, legend, sources and review number.

import { html, nothing, type TemplateResult } from "lit";
import type { Bbox, Collection, Landing, Schema } from "../../api/types";
import { attribution } from "../../map/attribution";
import { icon } from "../../map/icon";
import type { LegendGroup } from "../../map/legend";
import { legendLists, soleSwatch } from "../../map/legend-list";
import { barOf, picture, roundScale, scaleOf, zoomForScale } from "../../map/picture";
import type { Camera, Printed } from "../../map/view";
import { dateWords, measure } from "../../map/words";
import { LOCALE } from "../../text";
import { Part } from "../part";
import { type Asked, here } from "../state";
import { mapSize, pixels, SCALES, SHEETS, type Sheet, sizeOf } from "./sheet";

type Drawn = "waiting" | "failed" | { picture: string };

const DENSITY = 3;

class Print extends Part {
  static override properties = {
    printed: { attribute: false },
    landing: { attribute: false },
    collections: { attribute: false },
    visible: { attribute: false },
    legends: { attribute: false },
    schemas: { attribute: false },
    year: { attribute: false },
    drawn: { state: true },
    sheet: { state: true },
    chosen: { state: true },
    overleaf: { state: true },
  };

  declare printed: Printed;
  declare landing: Landing | null;
  declare collections: readonly Collection[];
  declare visible: ReadonlySet<string>;
  declare legends: ReadonlyMap<string, LegendGroup[]>;
  declare schemas: ReadonlyMap<string, Asked<Schema>>;
  declare year: number | null;
  declare drawn: Drawn;
  declare sheet: Sheet;
  /** The scale that was chosen; null: what the screen shows fits. */
  declare chosen: number | null;
  /** Whether the legend does not fit beside the map. */
  declare overleaf: boolean;
  readonly #pageRule = new CSSStyleSheet();
  #asked = "";

  constructor() {
    super();
    this.drawn = "waiting";
    this.sheet = { paper: "A4", landscape: true };
    this.chosen = null;
    this.overleaf = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#pageRule];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(
      (sheet) => sheet !== this.#pageRule,
    );
  }

  protected override firstUpdated(): void {
    this.querySelector("dialog")?.showModal();
  }

  protected override updated(): void {
    const { paper, landscape } = this.sheet;
    const { width, height } = sizeOf(this.sheet);
    const page = `size: ${paper} ${landscape ? "landscape" : "portrait"}; margin: 0`;
    this.#pageRule.replaceSync(`@page { ${page} }
      .sheet { width: ${width}mm; min-height: ${height}mm }
      .sheet-map { height: ${mapSize(this.sheet, this.#beside).height}mm }`);
    const beside = this.querySelector(".sheet-beside");
    if (beside && beside.scrollHeight > beside.clientHeight + 1) this.overleaf = true;
    void this.#paint();
  }

  /** Whether the legend stands beside the map: on a landscape sheet, where it fits. */
  get #beside(): boolean {
    return this.sheet.landscape && !this.overleaf;
  }

  get #scale(): number {
    if (this.chosen !== null) return this.chosen;
    const { camera, bounds } = this.printed;
    const screen = this.#screenPixels(bounds, camera);
    const { width, height } = mapSize(this.sheet, this.#beside);
    const more = Math.max(screen.width / pixels(width), screen.height / pixels(height));
    return roundScale(scaleOf(camera.lat, camera.zoom) * more);
  }

  /** How large the map was on the screen, CSS pixels, from what it showed. */
  #screenPixels([w, s, e, n]: Bbox, { zoom }: Camera): { width: number; height: number } {
    const world = 512 * 2 ** zoom;
    const up = (lat: number) =>
      Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
    return { width: ((e - w) / 360) * world, height: (up(n) - up(s)) * world };
  }

  async #paint(): Promise<void> {
    const { camera, style, fontFamily } = this.printed;
    const size = mapSize(this.sheet, this.#beside);
    const zoom = zoomForScale(camera.lat, this.#scale);
    const asked = JSON.stringify([size, zoom, this.tongue.lang]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.drawn = "waiting";
    const drawn = await picture({
      style,
      camera: { ...camera, zoom },
      width: pixels(size.width),
      height: pixels(size.height),
      density: DENSITY,
      fontFamily,
    }).then(
      (data): Drawn => ({ picture: data }),
      (): Drawn => "failed",
    );
    if (asked === this.#asked) this.drawn = drawn;
  }

  protected override render(): TemplateResult {
    const { say } = this.tongue;
    return html`<dialog class="print" aria-label=${say("print:title")}
      @close=${() => this.tell("om-tool", null)}>
      ${this.#settings()}
      <div class="print-room" tabindex="0" role="region" aria-label=${say("print:sheet")}>
        ${this.#paper()}
      </div>
    </dialog>`;
  }

  #settings(): TemplateResult {
    const { say, lang } = this.tongue;
    const number = new Intl.NumberFormat(LOCALE[lang]);
    const value = (event: Event) => (event.target as HTMLSelectElement).value;
    return html`<form class="print-settings" method="dialog">
      <header><h2>${say("print:title")}</h2>
        <button class="icon-button" aria-label=${say("print:close")}>${icon("close")}</button></header>
      <label>${say("print:heading")}
        <input type="text" maxlength="80" .value=${this.#title}
          @input=${(event: Event) => {
            this.#heading = (event.target as HTMLInputElement).value;
            this.requestUpdate();
          }} /></label>
      <label>${say("print:paper")}
        <select @change=${(event: Event) => {
          this.sheet = SHEETS[Number(value(event))] ?? this.sheet;
          this.overleaf = false;
        }}>${SHEETS.map(
          ({ paper, landscape }, n) => html`<option value=${n}
            ?selected=${paper === this.sheet.paper && landscape === this.sheet.landscape}>
            ${say(landscape ? "print:landscape" : "print:portrait", { paper })}</option>`,
        )}</select></label>
      <label>${say("print:scale")}
        <select @change=${(event: Event) => {
          this.chosen = Number(value(event)) || null;
        }}>
          <option value="" ?selected=${this.chosen === null}>${say("print:scale_now")}</option>
          ${SCALES.map(
            (scale) => html`<option value=${scale} ?selected=${scale === this.chosen}>
              ${say("print:ratio", { scale: number.format(scale) })}</option>`,
          )}</select></label>
      <button type="button" class="button button-main" ?disabled=${typeof this.drawn === "string"}
        @click=${() => window.print()}>${say("print:print")}</button>
    </form>`;
  }

  #heading: string | null = null;

  get #title(): string {
    const district = this.landing?.onemap.district.name ?? "";
    return this.#heading ?? `${district} ${this.tongue.say("page:title")}`.trim();
  }

  #paper(): TemplateResult {
    const { say } = this.tongue;
    const demonstration = this.#layers.some(({ onemap }) => onemap.provenance.demonstration);
    return html`<article class=${this.sheet.landscape ? "sheet landscape" : "sheet"}>
      <header class="sheet-head"><h1>${this.#title}</h1>
        ${demonstration ? html`<p class="sheet-demonstration">${say("print:demonstration")}</p>` : nothing}
      </header>
      <div class="sheet-map">${this.#map()}</div>
      ${
        this.#beside
          ? html`<aside class="sheet-beside">${this.#legend()}${this.#sources()}</aside>`
          : nothing
      }
      ${this.#foot()}
      ${
        this.#beside
          ? nothing
          : html`<section class="sheet-overleaf">${this.#legend()}${this.#sources()}</section>`
      }
    </article>`;
  }

  #map(): TemplateResult {
    const { say, lang } = this.tongue;
    if (this.drawn === "waiting") return html`<p role="status">${say("print:drawing")}</p>`;
    if (this.drawn === "failed") {
      return html`<p role="alert">${say("print:failed")}
        <button type="button" class="button" @click=${() => {
          this.#asked = "";
          this.drawn = "waiting";
        }}>${say("print:again")}</button></p>`;
    }
    const scale = new Intl.NumberFormat(LOCALE[lang]).format(this.#scale);
    return html`<img src=${this.drawn.picture}
      alt=${say("print:picture", { title: this.#title, scale })} />`;
  }

  get #layers(): Collection[] {
    return this.collections.filter(({ id }) => this.visible.has(id));
  }

  #legend(): TemplateResult {
    const { say } = this.tongue;
    return html`<div class="sheet-legend"><h2>${say("print:legend")}</h2>
      ${this.#layers.map((layer) => {
        const legend = this.legends.get(layer.id) ?? [];
        const unfolded = new Set(legend.map(({ field }) => `${layer.id}/${field}`));
        const folding = { layer: layer.id, unfolded, turn: () => {} };
        const schema = here(this.schemas.get(layer.id));
        return html`<section><h3>${soleSwatch(legend)}${layer.title}</h3>
          ${legendLists(legend, schema, folding, this.tongue)}</section>`;
      })}
    </div>`;
  }

  #sources(): TemplateResult {
    const { say, lang } = this.tongue;
    return html`<div class="sheet-sources"><h2>${say("print:sources")}</h2>
      <ul>${this.#layers.map(
        ({ title, onemap: { provenance } }) =>
          html`<li>${say("print:source", {
            layer: title,
            publisher: provenance.publisher,
            licence: provenance.licence,
            updated: dateWords(provenance.updated, lang),
          })}</li>`,
      )}</ul></div>`;
  }

  #foot(): TemplateResult {
    const { say, lang } = this.tongue;
    const { lat } = this.printed.camera;
    const bar = barOf(lat, zoomForScale(lat, this.#scale), 150);
    const length =
      bar.metres < 1000 ? measure(bar.metres, "m", lang) : measure(bar.metres / 1000, "km", lang);
    const ratio = new Intl.NumberFormat(LOCALE[lang]).format(this.#scale);
    const date = new Intl.DateTimeFormat(LOCALE[lang], { dateStyle: "long" }).format(new Date());
    const said = this.landing && attribution(this.landing, this.collections, this.visible, say);
    return html`<footer class="sheet-foot">
      <div class="sheet-scale">
        <svg width=${bar.pixels + 2} height="9" aria-hidden="true">
          <path d="M1 1v7h${bar.pixels}v-7" fill="none" stroke="currentColor" /></svg>
        <span>${length}</span><strong>${say("print:ratio", { scale: ratio })}</strong>
      </div>
      <div class="sheet-north"><svg viewBox="0 0 20 30" aria-hidden="true">
        <path d="M10 1l7 27-7-5-7 5z" fill="none" stroke="currentColor" />
        <path d="M10 1v22l-7 5z" fill="currentColor" /></svg><span>${say("print:north")}</span></div>
      <div class="sheet-words">
        ${said ? html`<p><strong>${said.review}</strong> · ${said.publisher}</p>` : nothing}
        <p>${say("print:projection")}</p>
        <p>${say("print:unsurveyed")}</p>
        <p>${say("print:printed", { date })}${
          this.year === null ? nothing : html` · ${say("print:year", { year: String(this.year) })}`
        }${!this.#beside ? html` · ${say("print:legend_overleaf")}` : nothing}</p>
      </div>
    </footer>`;
  }
}

customElements.define("om-print", Print);
