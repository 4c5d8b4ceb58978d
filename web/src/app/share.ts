// Copies the address of what the page shows.
import { html, type TemplateResult } from "lit";
import { icon } from "../map/icon";
import { copy } from "./copy";
import { Part } from "./part";

/** How long it is told that the link was copied. */
const TOLD_MS = 4000;

class Share extends Part {
  static override properties = { done: { state: true } };

  /** Whether the last copying succeeded; null: it was a while ago. */
  declare done: boolean | null;
  #timer = 0;

  constructor() {
    super();
    this.done = null;
  }

  protected override render(): TemplateResult {
    const { say } = this.tongue;
    const told = this.done === null ? "" : say(this.done ? "share:copied" : "share:failed");
    return html`<span class="share">
      <button
        type="button"
        class="icon-button"
        aria-label=${say("share:link")}
        title=${say("share:link")}
        @click=${() => this.#copy()}
      >${icon("share")}</button>
      <span class=${told ? "share-told told" : "share-told"} role="status">${told}</span>
      <span class="unseen" aria-hidden="true" data-address>${location.href}</span>
    </span>`;
  }

  async #copy(): Promise<void> {
    const shown = this.querySelector<HTMLElement>("[data-address]");
    if (!shown) return;
    this.requestUpdate();
    await this.updateComplete;
    this.done = await copy(location.href, shown);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.done = null;
    }, TOLD_MS);
  }
}

customElements.define("om-share", Share);
