// The visible layers as they lie over each other, to be moved by hand or by key.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Collection } from "../api/types";
import { LEVELS, type Level, levelOf } from "../map/dress";
import { icon } from "../map/icon";
import type { DrawnLayer } from "../map/style";
import { Part } from "./part";

class Order extends Part {
  static override properties = {
    layers: { attribute: false },
    drawn: { attribute: false },
    shown: { attribute: false },
    carried: { state: true },
    told: { state: true },
  };

  declare layers: readonly Collection[];
  declare drawn: ReadonlyMap<string, DrawnLayer[]>;
  /** Ids of the visible layers, topmost first. */
  declare shown: readonly string[];
  /** The layer that is being dragged. */
  declare carried: string | null;
  /** What is said to those who hear the page. */
  declare told: string;

  constructor() {
    super();
    this.carried = null;
    this.told = "";
  }

  protected override render(): TemplateResult {
    const { say } = this.tongue;
    if (this.shown.length === 0) return html`<p class="state">${say("layers:order_none")}</p>`;
    return html`<p class="order-hint">${say("layers:order_hint")}</p>
      ${LEVELS.map((level) => this.#level(level))}
      <p class="unseen" role="status">${this.told}</p>`;
  }

  #level(level: Level): TemplateResult | typeof nothing {
    const ids = this.shown.filter((id) => levelOf(this.drawn.get(id) ?? []) === level);
    if (ids.length === 0) return nothing;
    return html`<section class="order">
      <h3>${this.tongue.say(`layers:order_${level}`)}</h3>
      <ol>
        ${repeat(
          ids,
          (id) => id,
          (id, place) => this.#row(id, place, ids),
        )}
      </ol>
    </section>`;
  }

  #row(id: string, place: number, ids: readonly string[]): TemplateResult {
    const { say } = this.tongue;
    const layer = this.#title(id);
    const button = (way: "up" | "down", to: number) => {
      const move = async () => {
        if (to < 0 || to >= ids.length) return;
        this.#move(id, to, ids);
        await this.updateComplete;
        this.querySelector<HTMLElement>(`[data-layer="${id}"] [data-way="${way}"]`)?.focus();
      };
      return html`<button
        type="button"
        class="icon-button"
        data-way=${way}
        aria-disabled=${to < 0 || to >= ids.length}
        aria-label=${say(`layers:${way}_of`, { layer })}
        title=${say(`layers:${way}`)}
        @click=${move}
      >${icon(way)}</button>`;
    };
    return html`<li
      data-layer=${id}
      class=${this.carried === id ? "carried" : nothing}
      draggable="true"
      @dragstart=${(event: DragEvent) => this.#lift(event, id)}
      @dragend=${() => {
        this.carried = null;
      }}
      @dragover=${(event: DragEvent) => this.#over(event, place, ids)}
      @drop=${(event: DragEvent) => event.preventDefault()}
    >
      <span class="order-grip">${icon("grip")}</span>
      <span class="order-title">${layer}</span>
      ${button("up", place - 1)} ${button("down", place + 1)}
    </li>`;
  }

  #title(id: string): string {
    return this.layers.find((layer) => layer.id === id)?.title ?? id;
  }

  #lift(event: DragEvent, id: string): void {
    event.dataTransfer?.setData("text/plain", this.#title(id));
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
    this.carried = id;
  }

  /** A carried layer takes the place that it is over, if that is one of its level. */
  #over(event: DragEvent, place: number, ids: readonly string[]): void {
    const { carried } = this;
    if (carried === null || !ids.includes(carried)) return;
    event.preventDefault();
    if (ids[place] !== carried) this.#move(carried, place, ids);
  }

  #move(id: string, to: number, ids: readonly string[]): void {
    const moved = ids.filter((other) => other !== id);
    moved.splice(to, 0, id);
    // The others keep their places; those of this level fill theirs in the new order.
    let next = 0;
    const order = this.shown.map((other) =>
      ids.includes(other) ? (moved[next++] ?? other) : other,
    );
    const values = { layer: this.#title(id), n: to + 1, all: ids.length };
    this.told = this.tongue.say("layers:moved", values);
    this.tell("om-order", order);
  }
}

customElements.define("om-order", Order);
