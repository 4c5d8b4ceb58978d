// Which year the map shows, for layers whose features have a time in the world.
import { html, LitElement, type TemplateResult } from "lit";
import { HTML_LANG, type Lang, tongue } from "../../text";

/** Sends `om-time` with a year, or null for all times. */
export class TimeFilter extends LitElement {
  static override properties = {
    lang: { type: String },
    year: { attribute: false },
    layers: { attribute: false },
    years: { attribute: false },
  };

  declare lang: Lang;
  /** The year shown; null: all times. */
  declare year: number | null;
  /** Titles of the visible layers that have a time. */
  declare layers: readonly string[];
  /** The first and the last year to choose from. */
  declare years: readonly [number, number];

  constructor() {
    super();
    this.lang = "zh";
    this.year = null;
    this.layers = [];
    this.years = [2000, 2000];
  }

  /** Drawn into the page itself: its colours and letters are the page's. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  #show(year: number | null): void {
    const [first, last] = this.years;
    const detail = year === null ? null : Math.min(Math.max(year, first), last);
    this.dispatchEvent(new CustomEvent("om-time", { detail, bubbles: true }));
  }

  protected override render(): TemplateResult {
    const { say } = tongue(this.lang);
    const [first, last] = this.years;
    const year = this.year ?? last;
    const names = new Intl.ListFormat(HTML_LANG[this.lang]).format(this.layers);
    return html`<fieldset class="time">
      <legend>${say("time:title")}</legend>
      <label class="time-all"><input type="checkbox" .checked=${this.year === null}
        @change=${(event: Event) => this.#show((event.target as HTMLInputElement).checked ? null : last)} />
        ${say("time:all")}</label>
      <div class="time-year">
        <button type="button" class="icon-button" aria-label=${say("time:earlier")}
          ?disabled=${this.year === null || year <= first} @click=${() => this.#show(year - 1)}>
          <span aria-hidden="true">‹</span></button>
        <input type="range" min=${first} max=${last} step="1" .value=${String(year)}
          aria-label=${say("time:year")} aria-valuetext=${say("time:at", { year: String(year) })}
          ?disabled=${this.year === null}
          @input=${(event: Event) => this.#show(Number((event.target as HTMLInputElement).value))} />
        <button type="button" class="icon-button" aria-label=${say("time:later")}
          ?disabled=${this.year === null || year >= last} @click=${() => this.#show(year + 1)}>
          <span aria-hidden="true">›</span></button>
        <output>${this.year === null ? say("time:all") : say("time:at", { year: String(year) })}</output>
      </div>
      <p class="time-note">${
        this.layers.length > 0 ? say("time:note", { layers: names }) : say("time:none")
      }</p>
    </fieldset>`;
  }
}

customElements.define("om-time", TimeFilter);
