// What lies over and under the widget's map: its buttons, its layers with their legend, its state in
// words, and the foot that never goes away.
import { html, nothing, type TemplateResult } from "lit";
import type { Collection, Schema } from "../api/types";
import { attribution } from "../map/attribution";
import { type Icon, icon } from "../map/icon";
import type { LegendGroup } from "../map/legend";
import { type Folding, legendLists, soleSwatch } from "../map/legend-list";
import { themes } from "../map/themes";
import type { Say, Tongue } from "../text";
import type { Facts } from "./facts";
import type { Control } from "./settings";

/** So many layers need no headings. */
const FEW = 6;

type Drawn = TemplateResult | typeof nothing;

export interface ControlDeeds {
  zoom(steps: number): void;
  home(): void;
  panel(open: boolean): void;
}

export function drawControls(
  controls: ReadonlySet<Control>,
  open: boolean,
  say: Say,
  deeds: ControlDeeds,
): Drawn {
  const button = (label: string, picture: Icon, deed: () => void) =>
    html`<button type="button" aria-label=${label} title=${label} @click=${deed}
      >${icon(picture)}</button>`;
  const listed = controls.has("layers") || controls.has("legend");
  const some = [
    listed
      ? html`<button
          type="button"
          class="panel-toggle"
          aria-label=${say("widget:layers")}
          title=${say("widget:layers")}
          aria-expanded=${open}
          @click=${() => deeds.panel(!open)}
        >${icon("layers")}</button>`
      : nothing,
    controls.has("zoom")
      ? [
          button(say("map:zoom_in"), "plus", () => deeds.zoom(1)),
          button(say("map:zoom_out"), "minus", () => deeds.zoom(-1)),
        ]
      : nothing,
    controls.has("home") ? button(say("map:zoom_district"), "extent", deeds.home) : nothing,
  ];
  if (some.every((part) => part === nothing)) return nothing;
  return html`<div class="controls" role="group" aria-label=${say("map:controls")}>${some}</div>`;
}

export interface PanelView {
  /** The layers offered, in the order of the map. */
  layers: readonly Collection[];
  visible: ReadonlySet<string>;
  legends: ReadonlyMap<string, LegendGroup[]>;
  schemas: ReadonlyMap<string, Schema>;
  unfolded: ReadonlySet<string>;
  controls: ReadonlySet<Control>;
  tongue: Tongue;
}

export interface PanelDeeds {
  show(layer: string, visible: boolean): void;
  turn(key: string): void;
  close(): void;
}

export function drawPanel(view: PanelView, deeds: PanelDeeds): TemplateResult {
  const { say } = view.tongue;
  const chosen = view.controls.has("layers");
  const layers = chosen ? view.layers : view.layers.filter((layer) => view.visible.has(layer.id));
  return html`<nav
    class="panel"
    aria-label=${say("widget:layers")}
    @keydown=${(event: KeyboardEvent) => event.key === "Escape" && deeds.close()}
  >
    <div class="panel-head">
      <h2>${say("layers:title")}</h2>
      <button
        type="button"
        class="icon-button"
        aria-label=${say("widget:layers_close")}
        @click=${deeds.close}
      >${icon("close")}</button>
    </div>
    ${
      layers.length <= FEW
        ? html`<ul>${layers.map((layer) => row(layer, view, deeds))}</ul>`
        : themes(layers).map(
            ({ title, layers: some }) => html`<h3>${title}</h3>
              <ul>${some.map((layer) => row(layer, view, deeds))}</ul>`,
          )
    }
  </nav>`;
}

function row(layer: Collection, view: PanelView, deeds: PanelDeeds): TemplateResult {
  const shown = view.visible.has(layer.id);
  const legend = view.legends.get(layer.id) ?? [];
  const words = html`<span class="layer-title">${layer.title}</span>${soleSwatch(legend)}`;
  const turn = (event: Event) => deeds.show(layer.id, (event.target as HTMLInputElement).checked);
  return html`<li class="layer" data-layer=${layer.id}>
    ${
      view.controls.has("layers")
        ? html`<label class="layer-line">
            <input type="checkbox" .checked=${shown} @change=${turn} />${words}
          </label>`
        : html`<div class="layer-line">${words}</div>`
    }
    ${shown && view.controls.has("legend") ? legendOf(layer, legend, view, deeds) : nothing}
  </li>`;
}

function legendOf(
  layer: Collection,
  legend: readonly LegendGroup[],
  { schemas, unfolded, tongue }: PanelView,
  { turn }: PanelDeeds,
): TemplateResult[] | typeof nothing {
  const schema = schemas.get(layer.id) ?? null;
  if (schema === null && legend.some((group) => group.field !== null)) return nothing;
  const folding: Folding = { layer: layer.id, unfolded, turn };
  return legendLists(legend, schema, folding, tongue);
}

export interface FootView {
  facts: Facts | null;
  visible: ReadonlySet<string>;
  fullMap: string;
  say: Say;
}

/** Whose map and data it is, whether it was reviewed, and the way to the whole. */
export function drawFoot({ facts, visible, fullMap, say }: FootView): TemplateResult {
  const link = html`<a
    class="full-map"
    href=${fullMap}
    target="_blank"
    rel="noopener"
    title=${say("widget:whole_map_hint")}
  >${say("widget:whole_map")}<span aria-hidden="true"> ↗</span></a>`;
  if (!facts) return html`<footer class="foot">${link}</footer>`;
  const said = attribution(facts.landing, facts.collections, visible, say);
  const demonstration = facts.collections.some(
    (layer) => visible.has(layer.id) && layer.onemap.provenance.demonstration,
  );
  return html`<footer class="foot">
    ${
      demonstration
        ? html`<span class="badge badge-demonstration" title=${say("page:demonstration_why")}
            >${say("page:demonstration")}</span>`
        : nothing
    }
    <span class=${said.reviewed ? "review" : "review review-none"}>${said.review}</span>
    <span>${said.publisher}</span>
    ${said.data === null ? nothing : html`<span class="attribution">${said.data}</span>`}
    ${link}
  </footer>`;
}
