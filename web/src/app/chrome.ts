// What lies over the map: its buttons, its state in words, and notes.
import { html, nothing, type TemplateResult } from "lit";
import { type Icon, icon } from "../map/icon";
import { Part } from "./part";
import type { Note, State } from "./state";

class MapControls extends Part {
  protected override render(): TemplateResult {
    const { say } = this.tongue;
    const button = (
      key: "zoom_in" | "zoom_out" | "zoom_district",
      picture: Icon,
      deed: () => void,
    ) => html`<button type="button" aria-label=${say(`map:${key}`)} title=${say(`map:${key}`)} @click=${deed}
      >${icon(picture)}</button>`;
    return html`<div class="controls" role="group" aria-label=${say("map:controls")}>
      ${button("zoom_in", "plus", () => this.tell("om-zoom", 1))}
      ${button("zoom_out", "minus", () => this.tell("om-zoom", -1))}
      ${button("zoom_district", "extent", () => this.tell("om-district"))}
    </div>`;
  }
}

class MapState extends Part {
  static override properties = { map: { attribute: false } };

  declare map: State["map"];

  protected override render(): TemplateResult | typeof nothing {
    const words = this.#words();
    return words === nothing ? nothing : html`<div class="map-state">${words}</div>`;
  }

  #words(): TemplateResult | typeof nothing {
    const { say } = this.tongue;
    switch (this.map) {
      case "here":
        return nothing;
      case "waiting":
        return html`<p class="state" role="status">${say("map:loading")}</p>`;
      case "no-webgl":
        return html`<p class="state state-failed" role="alert">${say("map:no_webgl")}</p>`;
      case "no-style":
        return html`<div class="state state-failed" role="alert">
          <p>${say("map:failed")}</p>
          <button type="button" class="button" @click=${() => this.tell("om-retry")}
            >${say("page:try_again")}</button>
        </div>`;
    }
  }
}

class Notes extends Part {
  static override properties = { notes: { attribute: false } };

  declare notes: readonly Note[];

  protected override render(): TemplateResult {
    const { say } = this.tongue;
    return html`<div class="notes" role="status">
      ${this.notes.map(
        (note) => html`<div class="note">
          <span>${say(note.key, { layer: note.layer })}</span>
          <button
            type="button"
            class="icon-button"
            aria-label=${say("notes:close")}
            @click=${() => this.tell("om-dismiss", note)}
          >${icon("close")}</button>
        </div>`,
      )}
    </div>`;
  }
}

customElements.define("om-map-controls", MapControls);
customElements.define("om-map-state", MapState);
customElements.define("om-notes", Notes);
