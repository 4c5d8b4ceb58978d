// The planned use: a combobox (WAI-ARIA 1.2) over the tree of a classification's codes.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { icon } from "../../map/icon";
import type { Say } from "../../text";
import { Part } from "../part";
import { type Choice, choices, type LandUseSystem } from "./uses";

/** What the server takes for a use that is not decided, whatever is on record. */
const UNDECIDED = "undecided";

class UseBox extends Part {
  static override properties = {
    systems: { attribute: false },
    planned: { attribute: false },
    recorded: { attribute: false },
    system: { state: true },
    query: { state: true },
    active: { state: true },
    open: { state: true },
    adding: { state: true },
  };

  declare systems: readonly LandUseSystem[];
  /** `system:code`; null: as on record. */
  declare planned: readonly string[] | null;
  /** The use on record in words; null: there is none, or none is known yet. */
  declare recorded: string | null;
  declare system: string | null;
  /** What was typed; null: nothing since it was opened. */
  declare query: string | null;
  /** The choice that the keyboard is on; -1: none. */
  declare active: number;
  declare open: boolean;
  /** Whether the next choice comes to those there are. */
  declare adding: boolean;

  constructor() {
    super();
    this.system = null;
    this.query = null;
    this.active = -1;
    this.open = false;
    this.adding = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("focusout", (event) => {
      if (!(event.relatedTarget instanceof Node && this.contains(event.relatedTarget))) {
        this.#close();
      }
    });
  }

  protected override updated(): void {
    this.querySelector(`#use-${this.active}`)?.scrollIntoView({ block: "nearest" });
  }

  get #system(): LandUseSystem | null {
    const { systems } = this;
    const first = this.planned?.[0]?.split(":")[0];
    const wanted = this.system ?? first;
    return systems.find(({ id }) => id === wanted) ?? systems.find((s) => s.default) ?? null;
  }

  get #choices(): Choice[] {
    const system = this.#system;
    const list = system ? choices(system, this.query ?? "") : [];
    const none: Choice = { use: null, code: "", title: this.#noneWords, depth: 0 };
    if (this.query || this.adding) return list;
    const undecided = this.tongue.say("screening:planned_none");
    const open: Choice = { use: UNDECIDED, code: "", title: undecided, depth: 0 };
    return this.recorded === null ? [none, ...list] : [none, open, ...list];
  }

  get #noneWords(): string {
    const { say } = this.tongue;
    return this.recorded === null
      ? say("screening:planned_none")
      : say("screening:planned_record_is", { use: this.recorded });
  }

  #words(use: string): string {
    if (use === UNDECIDED) return this.tongue.say("screening:planned_none");
    const [id, code = ""] = use.split(":");
    const found = this.systems.find((s) => s.id === id)?.codes.find((c) => c.code === code);
    return found ? `${code} ${found.title}` : code;
  }

  #close(): void {
    this.open = false;
    this.query = null;
    this.active = -1;
  }

  #choose({ use }: Choice): void {
    const before = this.adding ? (this.planned ?? []) : [];
    this.#close();
    this.adding = false;
    this.tell("om-screen", { planned: use === null ? null : [...new Set([...before, use])] });
  }

  #pressed(event: KeyboardEvent): void {
    const { key } = event;
    const list = this.#choices;
    if (event.isComposing) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!this.open) {
        this.open = true;
        return;
      }
      const step = key === "ArrowDown" ? 1 : -1;
      const from = this.active < 0 && step < 0 ? 0 : this.active;
      if (list.length > 0) this.active = (from + step + list.length) % list.length;
    } else if (key === "Enter") {
      event.preventDefault();
      const choice = list[this.active] ?? (this.query ? list.find(fits(this.query)) : undefined);
      if (this.open && choice) this.#choose(choice);
      else this.open = true;
    } else if (key === "Escape" && (this.open || this.adding)) {
      event.stopPropagation();
      this.adding = false;
      this.#close();
    }
  }

  protected override render(): TemplateResult {
    const { say } = this.tongue;
    const { planned, adding } = this;
    const mixed = (planned?.length ?? 0) > 1;
    const [only] = planned ?? [];
    const chosen = adding || mixed ? "" : only ? this.#words(only) : this.#noneWords;
    const list = this.#choices;
    return html`<div class="use">
      ${mixed || adding ? this.#chips(planned ?? [], say) : nothing}
      <div class="use-field" ?hidden=${mixed && !adding}>
        <input type="text" role="combobox" autocomplete="off" spellcheck="false" maxlength="60"
          aria-label=${say(adding ? "screening:planned_add" : "screening:planned")}
          placeholder=${say("screening:planned_find")}
          aria-expanded=${this.open} aria-controls="use-list" aria-autocomplete="list"
          aria-activedescendant=${this.open && this.active >= 0 ? `use-${this.active}` : nothing}
          .value=${live(this.query ?? chosen)}
          @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
          @click=${() => {
            this.open = true;
          }}
          @input=${(event: Event) => {
            this.query = (event.target as HTMLInputElement).value;
            this.active = -1;
            this.open = true;
          }}
          @keydown=${(event: KeyboardEvent) => this.#pressed(event)} />
        ${icon("down")}
        <div class="use-room" ?hidden=${!this.open}>
          ${this.#systemChoice(say)}
          <ul id="use-list" class="use-list" role="listbox" aria-label=${say("screening:planned")}>
            ${list.map((choice, n) => this.#row(choice, n))}
          </ul>
          ${
            list.length === 0
              ? html`<p class="use-none">${say("screening:no_use", { q: this.query ?? "" })}</p>`
              : nothing
          }
        </div>
      </div>
      <span class="unseen" role="status">${
        this.open && this.query ? say("screening:uses", { n: list.length }) : ""
      }</span>
      ${
        planned && !adding
          ? html`<button type="button" class="link" @click=${() => this.#another()}
              >${say("screening:planned_add")}</button>`
          : nothing
      }
    </div>`;
  }

  async #another(): Promise<void> {
    this.adding = true;
    this.open = true;
    await this.updateComplete;
    this.querySelector("input")?.focus();
  }

  #chips(planned: readonly string[], say: Say): TemplateResult {
    return html`<ul class="use-chips" aria-label=${say("screening:planned_mixed")}>${planned.map(
      (use) => {
        const words = this.#words(use);
        const rest = planned.filter((other) => other !== use);
        return html`<li class="badge">${words}
          ${
            planned.length > 1
              ? html`<button type="button" aria-label=${say("screening:planned_remove", { use: words })}
                  @click=${() => this.tell("om-screen", { planned: rest })}>${icon("close")}</button>`
              : nothing
          }</li>`;
      },
    )}</ul>`;
  }

  #systemChoice(say: Say): TemplateResult | typeof nothing {
    if (this.systems.length < 2) return nothing;
    const now = this.#system?.id;
    return html`<label class="use-system">${say("screening:system")}
      <select @change=${(event: Event) => {
        this.system = (event.target as HTMLSelectElement).value;
        this.active = -1;
        this.querySelector("input")?.focus();
      }}>${this.systems.map(
        ({ id, title }) => html`<option value=${id} ?selected=${id === now}>${title}</option>`,
      )}</select></label>`;
  }

  #row(choice: Choice, n: number): TemplateResult {
    const { use, code, title, depth } = choice;
    const chosen = use === null ? this.planned === null : (this.planned?.includes(use) ?? false);
    const keepFocus = (event: Event) => event.preventDefault();
    return html`<li id="use-${n}" role="option" aria-selected=${chosen} data-depth=${depth}
      class=${n === this.active ? "active" : nothing}
      @mousedown=${keepFocus} @click=${() => this.#choose(choice)}>
      ${code ? html`<span class="use-code">${code}</span>` : nothing}<span>${title}</span>
    </li>`;
  }
}

/** Whether a choice itself, and not only one under it, has what was typed. */
function fits(query: string): (choice: Choice) => boolean {
  const word = query.trim().toLowerCase();
  return ({ code, title }) =>
    code.toLowerCase().startsWith(word) || title.toLowerCase().includes(word);
}

customElements.define("om-use", UseBox);
