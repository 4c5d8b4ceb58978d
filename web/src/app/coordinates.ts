// Where a feature is, in figures to be copied.
import { html, nothing, type TemplateResult } from "lit";
import type { Item } from "../api/types";
import { boxOf } from "../map/box";
import { icon } from "../map/icon";
import { copy } from "./copy";
import { Part } from "./part";

class Coordinates extends Part {
  static override properties = {
    item: { attribute: false },
    done: { state: true },
  };

  declare item: Item;
  /** Whether the last copying succeeded; null: nobody tried. */
  declare done: boolean | null;

  constructor() {
    super();
    this.done = null;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("item")) this.done = null;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { say } = this.tongue;
    const words = figures(this.item);
    if (words === null) return nothing;
    const take = async () => {
      const shown = this.querySelector<HTMLElement>(".coordinates output");
      if (shown) this.done = await copy(words, shown);
    };
    const told = this.done === null ? "" : say(this.done ? "card:copied" : "card:not_copied");
    return html`<span class="coordinates">
      <output>${words}</output>
      <button
        type="button"
        class="icon-button"
        aria-label=${say("card:copy_coordinates")}
        title=${say("card:copy_coordinates")}
        @click=${take}
      >${icon("copy")}</button>
      <span class="coordinates-told" role="status">${told}</span>
    </span>`;
  }
}

/** A position that is known to a kilometre has no use for metres. */
const COARSE_M = 300;

/** Longitude and latitude, as the search box takes them; null: it lies nowhere. */
export function figures({ geometry, precision_m }: Item): string | null {
  const box = geometry ? boxOf(geometry) : null;
  if (!box) return null;
  const digits = (precision_m ?? 0) >= COARSE_M ? 3 : 5;
  const [w, s, e, n] = box;
  return `${((w + e) / 2).toFixed(digits)}, ${((s + n) / 2).toFixed(digits)}`;
}

customElements.define("om-coordinates", Coordinates);
