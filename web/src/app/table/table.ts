// A layer as a table, page by page: what the map shows, for those who read rather than look.
import { html, nothing, type TemplateResult } from "lit";
import { type Api, type ItemPage, ServerError } from "../../api/client";
import type { Bbox, Collection, Item, Schema } from "../../api/types";
import { attributes, nameOf, titleOf } from "../../map/words";
import { LOCALE, type Say, type Tongue } from "../../text";
import { errorWords } from "../errors";
import { Part } from "../part";
import type { TableAsked } from "../state";

const PAGE = 50;

/** What is on the page of the table. */
interface Shown extends ItemPage {
  schema: Schema;
  /** The number of its first row in the whole list, from 1. */
  from: number;
}

type Asked = "waiting" | ServerError | Shown;

/** A page by its address (null: the first) and the number of its first row. */
interface PageMark {
  address: string | null;
  from: number;
}

const FIRST: PageMark = { address: null, from: 1 };

class LayerTable extends Part {
  static override properties = {
    api: { attribute: false },
    layer: { attribute: false },
    where: { attribute: false },
    view: { attribute: false },
    asked: { state: true },
  };

  declare api: Api;
  declare layer: Collection | null;
  /** Only the rows that say so; null: all. */
  declare where: TableAsked["where"] | null;
  /** What the map shows. */
  declare view: Bbox | null;
  declare asked: Asked;
  #inView = false;
  readonly #filters = new Map<string, string>();
  #page = FIRST;
  #before: PageMark[] = [];
  #question = "";

  constructor() {
    super();
    this.layer = null;
    this.where = null;
    this.view = null;
    this.asked = "waiting";
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const before = changed.get("layer") as Collection | null | undefined;
    const other = (changed.has("layer") && before?.id !== this.layer?.id) || changed.has("where");
    if (other) {
      this.#filters.clear();
      this.#inView = false;
      this.asked = "waiting";
    }
    const tongue = changed.get("tongue") as Tongue | undefined;
    const spoken = tongue !== undefined && tongue.lang !== this.tongue.lang;
    const moved = changed.has("view") && this.#inView;
    if (other || spoken || moved) this.#turn(FIRST, []);
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    const before = changed.get("layer") as Collection | null | undefined;
    if (changed.has("layer") && this.layer && before?.id !== this.layer.id) {
      this.querySelector<HTMLElement>("h2")?.focus();
    }
  }

  /** Goes to a page; `before` are those on the way back. */
  #turn(page: PageMark, before: PageMark[]): void {
    this.#page = page;
    this.#before = before;
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const { api, layer } = this;
    if (!layer) return;
    const { lang } = this.tongue;
    const { address, from } = this.#page;
    const query: Record<string, string> = {
      limit: String(PAGE),
      ...(this.where ? { [this.where.field]: this.where.value } : {}),
      ...Object.fromEntries(this.#filters),
      ...(this.#inView && this.view ? { bbox: this.view.join(",") } : {}),
    };
    const question = JSON.stringify([layer.id, lang, query, address]);
    this.#question = question;
    const answered = (asked: Asked) => {
      if (question === this.#question) this.asked = asked;
    };
    try {
      const [page, schema] = await Promise.all([
        address === null ? api.page(layer.id, query, lang) : api.follow(address, lang),
        api.schema(layer.id, lang),
      ]);
      answered({ ...page, schema, from });
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      answered(error);
    }
  }

  get #shown(): Shown | null {
    return typeof this.asked === "object" && "items" in this.asked ? this.asked : null;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { layer } = this;
    if (!layer) return nothing;
    const mouth = this.tongue;
    const { say } = mouth;
    const title = say("table:title", { layer: layer.title });
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.tell("om-table-close");
    };
    return html`<section class="table" aria-label=${title} @keydown=${leave}>
      <header class="table-head">
        <h2 tabindex="-1">${title}</h2>
        ${this.where ? this.#whereSwitch(this.where, layer, say) : nothing}
        ${this.#codeFilters(say)}
        ${layer.onemap.geometry !== null && this.view ? this.#viewSwitch(say) : nothing}
        <div class="table-pages">${this.#pages(mouth)}</div>
        <button type="button" class="icon-button table-close" aria-label=${say("table:close")}
          @click=${() => this.tell("om-table-close")}><span aria-hidden="true">✕</span></button>
      </header>
      ${this.#body(layer, mouth)}
    </section>`;
  }

  /** What the rows have in common, and the way to the others. */
  #whereSwitch(
    { field, value }: NonNullable<TableAsked["where"]>,
    { id }: Collection,
    say: Say,
  ): TemplateResult {
    const title = titleOf(field, this.#shown?.schema ?? null);
    return html`<p class="table-where">${say("table:where", { field: title, value })}
      <button type="button" class="link" @click=${() => this.tell("om-table", { layer: id })}
        >${say("table:where_all")}</button></p>`;
  }

  #viewSwitch(say: Say): TemplateResult {
    const change = (event: Event) => {
      this.#inView = (event.target as HTMLInputElement).checked;
      this.#turn(FIRST, []);
    };
    return html`<label class="table-view">
      <input type="checkbox" .checked=${this.#inView} @change=${change} /> ${say("table:in_view")}
    </label>`;
  }

  #pages({ say, lang }: Tongue): TemplateResult {
    const shown = this.#shown;
    const number = new Intl.NumberFormat(LOCALE[lang]);
    const range = shown && {
      from: number.format(shown.from),
      to: number.format(shown.from + shown.items.length - 1),
      n: number.format(shown.matched),
    };
    const back = () => {
      const page = this.#before.at(-1);
      if (page) this.#turn(page, this.#before.slice(0, -1));
    };
    const forth = () => {
      if (!shown?.next) return;
      const page = { address: shown.next, from: shown.from + shown.items.length };
      this.#turn(page, [...this.#before, this.#page]);
    };
    return html`
      <p class="table-range" role="status">
        ${range && shown.items.length > 0 ? say("table:range", range) : nothing}
      </p>
      <button type="button" class="button" ?disabled=${this.#before.length === 0} @click=${back}>
        ${say("table:previous")}</button>
      <button type="button" class="button" ?disabled=${!shown?.next} @click=${forth}>
        ${say("table:next")}</button>`;
  }

  /** The first code lists of the layer, to choose from. */
  #codeFilters(say: Say): TemplateResult[] {
    const properties = Object.entries(this.#shown?.schema.properties ?? {});
    const fields = properties.filter(([, { oneOf }]) => oneOf).slice(0, 2);
    return fields.map(([field, { title = field, oneOf = [] }]) => {
      const chosen = this.#filters.get(field);
      const choose = (event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        if (value) this.#filters.set(field, value);
        else this.#filters.delete(field);
        this.#turn(FIRST, []);
      };
      const codes = oneOf.filter((code) => code.const !== null);
      return html`<select aria-label=${say("table:filter", { field: title })} @change=${choose}>
        <option value="" ?selected=${chosen === undefined}>${title}: ${say("table:all")}</option>
        ${codes.map(
          (code) => html`<option value=${String(code.const)}
            ?selected=${chosen === String(code.const)}>${code.title}</option>`,
        )}
      </select>`;
    });
  }

  #body(layer: Collection, mouth: Tongue): TemplateResult {
    const { asked } = this;
    const { say } = mouth;
    if (asked === "waiting") {
      return html`<p class="state" role="status">${say("table:loading")}</p>`;
    }
    if (asked instanceof ServerError) {
      return html`<p class="state state-failed" role="alert">
        <strong>${say("table:failed")}</strong> ${errorWords(asked, say)}</p>`;
    }
    if (asked.items.length === 0) {
      return html`<p class="state" role="status">${say("table:none")}</p>`;
    }
    const rows = asked.items.map((item) => attributes(item.properties, asked.schema, mouth));
    return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${layer.title}>
      <table>
        <thead><tr>
          <th scope="col">${say("table:number")}</th>
          ${rows[0]?.map(({ title }) => html`<th scope="col">${title}</th>`)}
        </tr></thead>
        <tbody>${asked.items.map(
          (item, row) => html`<tr>
            <th scope="row">${this.#way(layer, item, asked.schema, mouth)}</th>
            ${rows[row]?.map(
              ({ words, recorded }) =>
                html`<td class=${recorded ? "" : "unrecorded"} title=${words}>${words}</td>`,
            )}
          </tr>`,
        )}</tbody>
      </table>
    </div>`;
  }

  /** The way from a row to its feature. */
  #way(layer: Collection, item: Item, schema: Schema, mouth: Tongue): TemplateResult {
    const known = nameOf(item.properties, schema, mouth, layer.onemap.label);
    // Whoever speaks to the page says what stands there: the number belongs to the name.
    const name = known === null ? `#${item.id}` : `${known} #${item.id}`;
    const open = () => this.tell("om-open", { layer: layer.id, id: item.id });
    return html`<button type="button" class="link" @click=${open}
      aria-label=${mouth.say("table:show", { name })}>#${item.id}</button>`;
  }
}

customElements.define("om-table", LayerTable);
