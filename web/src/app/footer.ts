// The foot of the page: review number, publisher, and whose data are on the map.
import { html, nothing, type TemplateResult } from "lit";
import { serverRoot } from "../api/root";
import type { Collection, Landing, Lang } from "../api/types";
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
      ${said.data === null ? nothing : html`<span class="attribution">${said.data}</span>`}
      <a class="embed-link" href=${builder(this.tongue.lang, null)} @click=${this.#withLayers}
        >${this.tongue.say("builder:title")}</a>`;
  }

  /** Takes the layers of the address along. */
  readonly #withLayers = ({ currentTarget }: Event) => {
    const layers = new URLSearchParams(location.hash.slice(1)).get("layers");
    (currentTarget as HTMLAnchorElement).href = builder(this.tongue.lang, layers);
  };
}

/** The page that writes the code with which other sites embed the map. */
function builder(lang: Lang, layers: string | null): string {
  const query = new URLSearchParams({ lang, ...(layers === null ? {} : { layers }) });
  return `${serverRoot}app/embed?${query}`;
}

customElements.define("om-footer", Footer);
