// Records of other layers that belong to the feature on the card: readings of a station, values of
// an indicator, visits to a site.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { type Api, type ItemPage, ServerError } from "../api/client";
import type { Collection, Item, Properties, Schema } from "../api/types";
import { attributes, measure, nameOf } from "../map/words";
import { Part } from "./part";
import { seriesCharts } from "./series/charts";

/** Rows and columns of the small table; a series is read whole. */
const ROWS = 5;
const COLUMNS = 3;
const SERIES_ROWS = 500;
/** A card is no board: more charts are asked for. */
const CHARTS = 2;

type Found = "waiting" | "failed" | (ItemPage & { schema: Schema });

/** The feature that the one on the card belongs to. */
interface Parent {
  layer: Collection;
  id: number;
  name: string;
}

class Related extends Part {
  static override properties = {
    api: { attribute: false },
    collections: { attribute: false },
    layer: { attribute: false },
    item: { attribute: false },
    found: { state: true },
    parent: { state: true },
    whole: { state: true },
  };

  declare api: Api;
  declare collections: readonly Collection[];
  /** The layer of the feature on the card. */
  declare layer: Collection;
  declare item: Item;
  /** What was found, by layer. */
  declare found: ReadonlyMap<string, Found>;
  /** Null: there is none, or none is known yet. */
  declare parent: Parent | null;
  /** Whether all charts are shown. */
  declare whole: boolean;

  constructor() {
    super();
    this.found = new Map();
    this.parent = null;
    this.whole = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("item") && !changed.has("tongue") && !changed.has("collections")) return;
    const children = this.#children();
    this.found = new Map(children.map(({ id }) => [id, "waiting"]));
    for (const child of children) void this.#ask(child);
    this.parent = null;
    void this.#askParent();
  }

  /** Of the feature that this one names as its own; no word where there is none or it is not to be had. */
  async #askParent(): Promise<void> {
    const { item, api, tongue } = this;
    const { layer: id, field } = this.layer.onemap.partOf ?? {};
    const layer = this.collections.find((collection) => collection.id === id);
    const [own = "", another] = layer?.onemap.identity ?? [];
    const value = field ? (item.properties[field] ?? null) : null;
    if (!layer || value === null || another !== undefined || layer.onemap.form === "existence")
      return;
    try {
      const [page, schema] = await Promise.all([
        api.page(layer.id, { [own]: String(value), limit: "1" }, tongue.lang),
        api.schema(layer.id, tongue.lang),
      ]);
      const [found] = page.items;
      if (!found || item !== this.item || tongue !== this.tongue) return;
      const name = nameOf(found.properties, schema, tongue, layer.onemap.label) ?? `#${found.id}`;
      this.parent = { layer, id: found.id, name };
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
    }
  }

  /** What rows name this feature by. */
  get #own(): Item["properties"][string] {
    const [field = "", another] = this.layer.onemap.identity ?? [];
    return another === undefined ? (this.item.properties[field] ?? null) : null;
  }

  /** Layers whose rows belong to this one's features. */
  #children(): Collection[] {
    if (this.#own === null) return [];
    return this.collections.filter(
      ({ onemap }) => onemap.partOf?.layer === this.layer.id && onemap.form !== "existence",
    );
  }

  async #ask(child: Collection): Promise<void> {
    const { item, api, tongue } = this;
    const field = child.onemap.partOf?.field;
    if (!field) return;
    const limit = child.onemap.series ? SERIES_ROWS : ROWS;
    const query = { [field]: String(this.#own), limit: String(limit) };
    let found: Found;
    try {
      const [page, schema] = await Promise.all([
        api.page(child.id, query, tongue.lang),
        api.schema(child.id, tongue.lang),
      ]);
      found = { ...page, schema };
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      found = "failed";
    }
    if (item !== this.item || tongue !== this.tongue) return;
    this.found = new Map(this.found).set(child.id, found);
  }

  protected override render(): TemplateResult {
    const { parent } = this;
    const children = this.#children().map((child) =>
      this.#part(child, this.found.get(child.id) ?? "waiting"),
    );
    return html`${parent ? this.#parent(parent) : nothing}${children}`;
  }

  #parent({ layer, id, name }: Parent): TemplateResult {
    const words = this.tongue.say("card:part_of", { layer: layer.title });
    return html`<p class="related" data-part-of=${layer.id}>${words}
      <button type="button" class="link"
        @click=${() => this.tell("om-open", { layer: layer.id, id })}>${name}</button></p>`;
  }

  #part(child: Collection, found: Found): TemplateResult {
    const { say, lang } = this.tongue;
    const n = typeof found === "string" ? null : measure(found.matched, undefined, lang);
    const title = n === null ? child.title : say("card:related", { layer: child.title, n });
    return html`<section class="related" data-related=${child.id}>
      <h3>${title}</h3>
      ${this.#content(child, found)}
    </section>`;
  }

  #content(child: Collection, found: Found): TemplateResult {
    const { say } = this.tongue;
    if (found === "waiting") return html`<p class="state" role="status">${say("card:loading")}</p>`;
    if (found === "failed") return html`<p class="card-note">${say("card:related_failed")}</p>`;
    if (found.items.length === 0)
      return html`<p class="unrecorded">${say("card:related_none")}</p>`;
    const { series } = child.onemap;
    const more = say("card:related_all", { layer: child.title });
    const shown = found.items.map(({ properties }) => properties);
    if (series) return html`${this.#charts(series, shown, found.schema)}${this.#way(child, more)}`;
    const rows = this.#table(child, found.items.slice(0, ROWS), found.schema);
    if (found.matched <= ROWS) return rows;
    return html`${rows}${this.#way(child, say("card:related_all_n", { n: found.matched }))}`;
  }

  /** The way to the table of these rows. */
  #way({ id, onemap }: Collection, words: string): TemplateResult {
    const { field = "" } = onemap.partOf ?? {};
    const where = { field, value: String(this.#own) };
    return html`<button type="button" class="link"
      @click=${() => this.tell("om-table", { layer: id, where })}>${words}</button>`;
  }

  #charts(
    { time, values }: { time: string; values: readonly string[] },
    rows: readonly Properties[],
    schema: Schema,
  ): TemplateResult {
    const few = this.whole ? values : values.slice(0, CHARTS);
    const all = () => {
      this.whole = true;
    };
    return html`${seriesCharts(rows, { time, values: few }, schema, this.tongue)}
      ${
        few.length < values.length
          ? html`<button type="button" class="link" @click=${all}
            >${this.tongue.say("card:charts_all", { n: values.length })}</button>`
          : nothing
      }`;
  }

  /** The first rows, with the fields that most of them have; the first leads to the row's own card. */
  #table(child: Collection, items: readonly Item[], schema: Schema): TemplateResult {
    const rows = items.map((item) => attributes(item.properties, schema, this.tongue));
    const known = (field: string) =>
      rows.filter((row) => row.some((cell) => cell.field === field && cell.recorded)).length;
    // Where rows have a name, their number says nothing.
    const { label, identity, partOf } = child.onemap;
    const number = label && identity?.includes(label) === false ? identity : [];
    const columns = (rows[0] ?? [])
      .filter(({ field }) => field !== partOf?.field && !number.includes(field) && known(field) > 0)
      .slice(0, COLUMNS);
    const cell = (row: (typeof rows)[number], field: string) =>
      row.find((other) => other.field === field);
    return html`<table class="related-table">
      <thead><tr>${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead>
      <tbody>${rows.map((row, n) => {
        const { id = 0 } = items[n] ?? {};
        const open = () => this.tell("om-open", { layer: child.id, id });
        return html`<tr>${columns.map(({ field }, at) => {
          const words = cell(row, field)?.words;
          return at > 0
            ? html`<td>${words}</td>`
            : html`<td><button type="button" class="link" @click=${open}>${words}</button></td>`;
        })}</tr>`;
      })}</tbody>
    </table>`;
  }
}

customElements.define("om-related", Related);
