// Records of other layers that belong to the feature on the card: readings of a station, values of
// an indicator, visits to a site.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { type Api, type ItemPage, ServerError } from "../api/client";
import type { Collection, Item, Properties, Schema } from "../api/types";
import { attributes, measure } from "../map/words";
import { Part } from "./part";
import { seriesCharts } from "./series/charts";

/** Rows and columns of the small table; a series is read whole. */
const ROWS = 5;
const COLUMNS = 3;
const SERIES_ROWS = 500;
/** A card is no board: more charts are asked for. */
const CHARTS = 2;

type Found = "waiting" | "failed" | (ItemPage & { schema: Schema });

class Related extends Part {
  static override properties = {
    api: { attribute: false },
    collections: { attribute: false },
    layer: { attribute: false },
    item: { attribute: false },
    found: { state: true },
    whole: { state: true },
  };

  declare api: Api;
  declare collections: readonly Collection[];
  /** The layer of the feature on the card. */
  declare layer: Collection;
  declare item: Item;
  /** What was found, by layer. */
  declare found: ReadonlyMap<string, Found>;
  /** Whether all charts are shown. */
  declare whole: boolean;

  constructor() {
    super();
    this.found = new Map();
    this.whole = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("item") && !changed.has("tongue") && !changed.has("collections")) return;
    const children = this.#children();
    this.found = new Map(children.map(({ id }) => [id, "waiting"]));
    for (const child of children) void this.#ask(child);
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

  protected override render(): TemplateResult[] {
    return this.#children().map((child) =>
      this.#part(child, this.found.get(child.id) ?? "waiting"),
    );
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

  /** The way to the whole table. */
  #way({ id }: Collection, words: string): TemplateResult {
    return html`<button type="button" class="link"
      @click=${() => this.tell("om-table", id)}>${words}</button>`;
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

  /** The first rows, with the fields that most of them have. */
  #table(child: Collection, items: readonly Item[], schema: Schema): TemplateResult {
    const rows = items.map((item) => attributes(item.properties, schema, this.tongue));
    const known = (field: string) =>
      rows.filter((row) => row.some((cell) => cell.field === field && cell.recorded)).length;
    const columns = (rows[0] ?? [])
      .filter(({ field }) => field !== child.onemap.partOf?.field && known(field) > 0)
      .slice(0, COLUMNS);
    const cell = (row: (typeof rows)[number], field: string) =>
      row.find((other) => other.field === field);
    return html`<table class="related-table">
      <thead><tr>${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead>
      <tbody>${rows.map(
        (row) =>
          html`<tr>${columns.map(({ field }) => html`<td>${cell(row, field)?.words}</td>`)}</tr>`,
      )}</tbody>
    </table>`;
  }
}

customElements.define("om-related", Related);
