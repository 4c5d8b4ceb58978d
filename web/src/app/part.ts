// A part of the page: an element that draws its properties into the page itself, so that one style
// sheet dresses all, and says what a person did as an event.
import { LitElement, type PropertyDeclarations } from "lit";
import type { Tongue } from "../text";
import type { PageEvents } from "./events";

export abstract class Part extends LitElement {
  static override properties: PropertyDeclarations = { tongue: { attribute: false } };

  declare tongue: Tongue;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Says what a person did; the page hears it. */
  protected tell<Name extends keyof PageEvents>(
    name: Name,
    ...[detail]: PageEvents[Name] extends undefined ? [] : [PageEvents[Name]]
  ): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}
