// The search box: a combobox (WAI-ARIA 1.2) over the server's places.
import { html, nothing, type TemplateResult } from "lit";
import { type Api, ServerError } from "../../api/client";
import type { Place } from "../../api/types";
import { errorWords } from "../errors";
import { Part } from "../part";

const PAUSE_MS = 180;

type Found = "nothing-asked" | "waiting" | ServerError | { query: string; places: Place[] };

export class SearchBox extends Part {
  static override properties = {
    api: { attribute: false },
    found: { state: true },
    active: { state: true },
    open: { state: true },
  };

  declare api: Api;
  declare found: Found;
  /** Which result the keyboard is on; -1: none. */
  declare active: number;
  declare open: boolean;
  #pause = 0;
  #query = "";

  constructor() {
    super();
    this.found = "nothing-asked";
    this.active = -1;
    this.open = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("focusout", (event) => {
      if (!(event.relatedTarget instanceof Node && this.contains(event.relatedTarget))) {
        this.open = false;
      }
    });
  }

  get #places(): Place[] {
    return typeof this.found === "object" && "places" in this.found ? this.found.places : [];
  }

  #typed(text: string): void {
    this.#query = text.trim();
    this.active = -1;
    this.open = true;
    clearTimeout(this.#pause);
    if (this.#query === "") {
      this.found = "nothing-asked";
      return;
    }
    this.#pause = window.setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    const query = this.#query;
    if (this.#places.length === 0) this.found = "waiting";
    try {
      const places = await this.api.places(query, this.tongue.lang);
      if (query === this.#query) this.found = { query, places };
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      if (query === this.#query) this.found = error;
    }
  }

  #pressed(event: KeyboardEvent): void {
    const places = this.#places;
    const { key } = event;
    if (event.isComposing) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      this.open = true;
      const step = key === "ArrowDown" ? 1 : -1;
      const count = places.length;
      if (count > 0) {
        const from = this.active < 0 && step < 0 ? 0 : this.active;
        this.active = (from + step + count) % count;
      }
    } else if (key === "Enter") {
      // Or the same key press would also click what the answer moves the focus to.
      event.preventDefault();
      const place = places[Math.max(this.active, 0)];
      if (this.open && place) this.#choose(place);
    } else if (key === "Escape" && this.open && this.found !== "nothing-asked") {
      event.stopPropagation();
      this.open = false;
    }
  }

  #choose(place: Place): void {
    this.open = false;
    const input = this.querySelector("input");
    if (input) input.value = place.title;
    this.tell("om-place", place);
  }

  /** Looks for this as if it had been typed. */
  look(text: string): void {
    const input = this.querySelector("input");
    if (!input) return;
    input.value = text;
    input.focus();
    this.#typed(text);
  }

  #clear(): void {
    const input = this.querySelector("input");
    if (!input) return;
    input.value = "";
    this.#typed("");
    input.focus();
  }

  protected override render(): TemplateResult {
    const { say } = this.tongue;
    const list = this.open && this.#places.length > 0;
    return html`<search class="search">
      <input type="search" role="combobox" autocomplete="off" spellcheck="false" maxlength="100"
        aria-label=${say("search:label")} placeholder=${say("search:placeholder")}
        aria-expanded=${list} aria-controls="search-results" aria-autocomplete="list"
        aria-activedescendant=${list && this.active >= 0 ? `search-${this.active}` : nothing}
        @input=${(event: Event) => this.#typed((event.target as HTMLInputElement).value)}
        @focus=${() => {
          this.open = true;
        }}
        @keydown=${(event: KeyboardEvent) => this.#pressed(event)} />
      ${
        this.found === "nothing-asked"
          ? nothing
          : html`<button type="button" class="search-clear" aria-label=${say("search:clear")}
              @click=${() => this.#clear()}><span aria-hidden="true">✕</span></button>`
      }
      <ul id="search-results" class="search-results" role="listbox" aria-label=${say("search:label")}
        ?hidden=${!list}>
        ${this.#places.map((place, n) => this.#row(place, n))}
      </ul>
      ${this.#notice()}
    </search>`;
  }

  #row(place: Place, n: number): TemplateResult {
    const keepFocus = (event: Event) => event.preventDefault();
    return html`<li id="search-${n}" role="option" aria-selected=${n === this.active}
      class=${place.kind} @mousedown=${keepFocus} @click=${() => this.#choose(place)}>
      <span class="search-title">${place.title}</span>
      <span class="search-detail">${place.detail}</span>
    </li>`;
  }

  #notice(): TemplateResult {
    const { say } = this.tongue;
    const { found } = this;
    const [shown, words] = ((): [boolean, string] => {
      if (found === "nothing-asked") return [false, ""];
      if (found === "waiting") return [this.open, say("search:waiting")];
      if (found instanceof ServerError) {
        return [this.open, `${say("search:failed")} ${errorWords(found, say)}`];
      }
      const n = found.places.length;
      if (n === 0) return [this.open, say("search:none", { q: found.query })];
      return [false, say("search:results", { n })];
    })();
    return html`<p class=${shown ? "search-notice" : "heard"} role="status">${words}</p>`;
  }
}

customElements.define("om-search", SearchBox);
