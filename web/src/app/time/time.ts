// Which year the map shows, for layers whose features have a time in the world.
import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { HTML_LANG } from "../../text";
import { Part } from "../part";

class TimeFilter extends Part {
  static override properties = {
    year: { attribute: false },
    layers: { attribute: false },
    years: { attribute: false },
  };

  /** The year shown; null: all times. */
  declare year: number | null;
  /** Titles of the visible layers that have a time. */
  declare layers: readonly string[];
  /** The first and the last year to choose from. */
  declare years: readonly [number, number];

  constructor() {
    super();
    this.year = null;
    this.layers = [];
    this.years = [2000, 2000];
  }

  #show(year: number | null): void {
    const [first, last] = this.years;
    const detail = year === null ? null : Math.min(Math.max(year, first), last);
    this.tell("om-time", detail);
  }

  protected override render(): TemplateResult {
    const { lang, say } = this.tongue;
    const [first, last] = this.years;
    const year = this.year ?? last;
    const names = new Intl.ListFormat(HTML_LANG[lang]).format(this.layers);
    return html`<div class="time">
      <label class="time-all"><input type="checkbox" .checked=${this.year === null}
        @change=${(event: Event) => this.#show((event.target as HTMLInputElement).checked ? null : last)} />
        ${say("time:all")}</label>
      <div class="time-year">
        <button type="button" class="icon-button" aria-label=${say("time:earlier")}
          ?disabled=${this.year === null || year <= first} @click=${() => this.#show(year - 1)}>
          <span aria-hidden="true">‹</span></button>
        <input type="range" min=${first} max=${last} step="1" .value=${live(String(year))}
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
    </div>`;
  }
}

customElements.define("om-time", TimeFilter);
