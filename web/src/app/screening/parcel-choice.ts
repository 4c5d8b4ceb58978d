// Which parcel is screened: clicked, named by its number, drawn, or chosen among several.
import { html, nothing, type TemplateResult } from "lit";
import {
  type Candidate,
  type Corner,
  outline,
  type ParcelAsked,
  type ScreenedParcel,
} from "../../api/screening";
import { icon } from "../../map/icon";
import type { Measured } from "../../map/ruler";
import { Part } from "../part";
import { squareMetres } from "./phrases";

type Way = "click" | "number" | "drawing";

const WAYS: readonly Way[] = ["click", "number", "drawing"];

class ParcelChoice extends Part {
  static override properties = {
    parcel: { attribute: false },
    screened: { attribute: false },
    candidates: { attribute: false },
    sketching: { attribute: false },
    measured: { attribute: false },
    around: { attribute: false },
    way: { state: true },
    parts: { state: true },
    changing: { state: true },
  };

  declare parcel: ParcelAsked | null;
  /** What the server knows of it; null: nothing yet. */
  declare screened: ScreenedParcel | null;
  declare candidates: readonly Candidate[];
  declare sketching: boolean;
  declare measured: Measured | null;
  /** Shows it with all around it. */
  declare around: () => void;
  declare way: Way;
  /** Parts that are drawn already. */
  declare parts: readonly (readonly Corner[])[];
  /** Whether another parcel is being chosen. */
  declare changing: boolean;

  constructor() {
    super();
    this.way = "click";
    this.parts = [];
    this.changing = false;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("parcel")) {
      this.changing = false;
      this.parts = [];
    }
    // Left off elsewhere: by Escape.
    if (changed.has("sketching") && !this.sketching && this.way === "drawing") this.way = "click";
  }

  #take(way: Way): void {
    this.way = way;
    this.parts = [];
    this.tell("om-sketch", way === "drawing");
    if (way === "number") void this.updateComplete.then(() => this.querySelector("input")?.focus());
  }

  protected override render(): TemplateResult {
    const { say } = this.tongue;
    const chosen = this.parcel && !this.changing && this.candidates.length === 0;
    return html`<div class="ask" data-ask="parcel">
      <h3>${say("screening:parcel")}</h3>
      ${chosen && this.parcel ? this.#chosen(this.parcel) : this.#choice()}
    </div>`;
  }

  #chosen(parcel: ParcelAsked): TemplateResult {
    const { say } = this.tongue;
    return html`<div class="parcel-chosen">
      <p>${this.#words(parcel)}</p>
      <button type="button" class="icon-button" aria-label=${say("screening:see_around")}
        title=${say("screening:see_around")} @click=${this.around}>${icon("extent")}</button>
      <button type="button" class="link" @click=${() => {
        this.changing = true;
      }}>${say("screening:change")}</button>
    </div>`;
  }

  #words(parcel: ParcelAsked): string {
    const { say } = this.tongue;
    const known = this.screened?.title ?? this.screened?.id;
    if (known) return known;
    if ("id" in parcel) return parcel.id;
    if ("at" in parcel)
      return say("screening:at", { at: parcel.at.map((x) => x.toFixed(5)).join(", ") });
    const { length: n } = parcel.parts;
    return n > 1 ? say("screening:drawn_parts", { n }) : say("screening:drawn");
  }

  #choice(): TemplateResult {
    const { say } = this.tongue;
    if (this.candidates.length > 0 && !this.changing) return this.#several();
    return html`<div class="switch" role="group" aria-label=${say("screening:parcel_how")}>
        ${WAYS.map(
          (way) => html`<button type="button" aria-pressed=${way === this.way}
            @click=${() => this.#take(way)}>${say(`screening:by_${way}`)}</button>`,
        )}
      </div>
      ${this.way === "click" ? html`<p class="tool-hint">${say("screening:click_hint")}</p>` : nothing}
      ${this.way === "number" ? this.#number() : nothing}
      ${this.way === "drawing" ? this.#drawing() : nothing}`;
  }

  #several(): TemplateResult {
    const { say } = this.tongue;
    return html`<p role="status">${say("screening:several")}</p>
      <ul class="candidates">${this.candidates.map(
        ({ id }) => html`<li><button type="button" class="choice"
          @click=${() => this.tell("om-screen", { parcel: { id } })}>${id}</button></li>`,
      )}</ul>
      <button type="button" class="link" @click=${() => {
        this.changing = true;
      }}>${say("screening:change")}</button>`;
  }

  #number(): TemplateResult {
    const { say } = this.tongue;
    const ask = (event: Event) => {
      event.preventDefault();
      const id = this.querySelector("input")?.value.trim() ?? "";
      if (id) this.tell("om-screen", { parcel: { id }, planned: null });
    };
    return html`<form class="parcel-number" @submit=${ask}>
      <input type="text" autocomplete="off" spellcheck="false" maxlength="80"
        aria-label=${say("screening:number")} placeholder=${say("screening:number")} />
      <button class="button">${say("screening:number_go")}</button>
    </form>`;
  }

  #drawing(): TemplateResult {
    const { say } = this.tongue;
    const { measured, parts } = this;
    const whole = measured !== null && measured.areaM2 !== null;
    const corners = measured?.places ?? [];
    const done = whole ? [...parts, corners] : parts;
    const more = () => {
      this.parts = done;
      this.tell("om-screened", { parcel: outline(done), rings: [], marks: [] });
      this.tell("om-sketch", true);
    };
    return html`<p class="tool-hint">${say("screening:draw_hint")}</p>
      <p role="status" class="drawn">
        ${measured?.areaM2 ? squareMetres(Math.round(measured.areaM2), this.tongue) : nothing}
        ${measured?.crosses ? say("tools:crosses") : nothing}
        ${parts.length > 0 ? say("screening:draw_parts", { n: parts.length }) : nothing}
      </p>
      <div class="tool-deeds">
        <button type="button" class="button" ?disabled=${corners.length === 0}
          @click=${() => this.tell("om-undo")}>${say("screening:draw_undo")}</button>
        <button type="button" class="button" ?disabled=${!whole} @click=${more}
          >${say("screening:draw_part")}</button>
        <button type="button" class="button button-main" ?disabled=${done.length === 0}
          @click=${() => {
            this.way = "click";
            this.tell("om-screen", { parcel: { parts: done }, planned: null });
          }}>${say("screening:draw_done")}</button>
      </div>`;
  }
}

customElements.define("om-parcel-choice", ParcelChoice);
