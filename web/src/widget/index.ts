// /widget.js: the element <one-map>. A page that loads it twice has it once.
import { OneMap } from "./element";

export type { Failure, Place, Selected, WidgetEvent, WidgetEvents } from "./events";
export { OneMap };

declare global {
  interface HTMLElementTagNameMap {
    "one-map": OneMap;
  }
}

if (!customElements.get("one-map")) customElements.define("one-map", OneMap);
