// The foot of the page: review number, publisher, and whose data are on the map.
import { html, nothing, type TemplateResult } from "lit";
import type { Collection, Landing } from "../api/types";
import { attribution } from "../map/attribution";
import { Part } from "./part";

class Footer extends Part {
  static override properties = {
    landing: { attribute: false },
    collections: { attribute: false },
    visible: { attribute: false },
  };

  declare landing: Landing | null;
  declare collections: readonly Collection[];
  /** Ids of the layers on the map. */
  declare visible: ReadonlySet<string>;

  protected override render(): TemplateResult {
    return html`<footer class="footer">${this.landing ? this.#lines(this.landing) : nothing}</footer>`;
  }

  #lines(landing: Landing): TemplateResult {
    const said = attribution(landing, this.collections, this.visible, this.tongue.say);
    return html`<span class=${said.reviewed ? "review" : "review review-none"}>${said.review}</span>
      <span>${said.publisher}</span>
      ${said.contact === null ? nothing : html`<span>${said.contact}</span>`}
      ${said.data === null ? nothing : html`<span class="attribution">${said.data}</span>`}`;
  }
}

customElements.define("om-footer", Footer);
