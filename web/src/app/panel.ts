// The list of layers by theme: which are shown, what their colours mean, whose they are.
import type { Collection } from "../api/types";
import type { LegendGroup } from "../map/legend";
import { dateWords, measure } from "../map/words";
import { type Tongue, tongue as tongueOf } from "../text";
import { h, icon, rebuild } from "./dom";
import { errorWords } from "./errors";
import { legendLists, soleSwatch } from "./legend";
import { here, type State } from "./state";

export interface PanelDeeds {
  toggle(layer: string, visible: boolean): void;
  coverage(layer: string | null): void;
  zoomTo(layer: string): void;
  closePanel(): void;
  retry(): void;
}

/** What the panel needs beside the state. */
export interface PanelFacts {
  visible: ReadonlySet<string>;
  legends: ReadonlyMap<string, LegendGroup[]>;
  /** Layers whose "about" is open, and long legends that are; the panel keeps them. */
  opened: Set<string>;
  unfolded: Set<string>;
}

/** Themes in the order in which the one map is read. */
const THEMES = ["soil", "land", "ecology", "biodiversity", "water", "air", "noise", "plan", "base"];

export function drawPanel(
  panel: HTMLElement,
  state: State,
  facts: PanelFacts,
  deeds: PanelDeeds,
): void {
  const tongue = tongueOf(state.lang);
  const { say } = tongue;
  panel.setAttribute("aria-label", say("layers:title"));
  rebuild(
    panel,
    h(
      "div",
      { class: "panel-head" },
      h("h2", {}, say("layers:title")),
      h(
        "button",
        {
          type: "button",
          class: "icon-button panel-close",
          "aria-label": say("layers:close"),
          "data-key": "panel-close",
          onclick: deeds.closePanel,
        },
        icon("close"),
      ),
    ),
    ...content(state, facts, deeds, tongue),
  );
}

function content(
  state: State,
  facts: PanelFacts,
  deeds: PanelDeeds,
  tongue: Tongue,
): HTMLElement[] {
  const { say } = tongue;
  const { collections } = state;
  if (collections.state === "waiting") {
    return [h("p", { class: "state", role: "status" }, say("layers:loading"))];
  }
  if (collections.state === "failed") {
    return [
      h(
        "div",
        { class: "state state-failed", role: "alert" },
        h("p", {}, h("strong", {}, say("layers:failed"))),
        h("p", {}, errorWords(collections.error, say)),
        h(
          "button",
          { type: "button", class: "button", "data-key": "retry", onclick: deeds.retry },
          say("page:try_again"),
        ),
      ),
    ];
  }
  if (collections.value.length === 0) {
    return [h("p", { class: "state", role: "status" }, say("layers:none"))];
  }
  return themes(collections.value).map(([title, layers]) =>
    h(
      "section",
      { class: "theme" },
      h("h3", {}, title),
      h("ul", {}, ...layers.map((layer) => layerRow(layer, state, facts, deeds, tongue))),
    ),
  );
}

/** Layers by theme, themes in reading order; the server's order within. */
export function themes(layers: readonly Collection[]): [string, Collection[]][] {
  const groups = new Map<string, { title: string; layers: Collection[] }>();
  for (const layer of layers) {
    const { id, title } = layer.onemap.theme;
    const group = groups.get(id) ?? { title, layers: [] };
    group.layers.push(layer);
    groups.set(id, group);
  }
  const rank = (id: string) => (THEMES.indexOf(id) + 1 || THEMES.length + 1) - 1;
  return [...groups]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([, group]) => [group.title, group.layers]);
}

function layerRow(
  layer: Collection,
  state: State,
  facts: PanelFacts,
  deeds: PanelDeeds,
  tongue: Tongue,
): HTMLElement {
  const { say } = tongue;
  const { form, geometry } = layer.onemap;
  if (form === "existence") {
    return h(
      "li",
      { class: "layer layer-held", "data-layer": layer.id },
      h(
        "div",
        { class: "layer-line" },
        icon("lock"),
        h("span", { class: "layer-title" }, layer.title),
      ),
      h("p", { class: "layer-note" }, say("layers:held")),
    );
  }
  const shown = facts.visible.has(layer.id);
  const legend = facts.legends.get(layer.id) ?? [];
  const line =
    geometry === null
      ? h("div", { class: "layer-line" }, h("span", { class: "layer-title" }, layer.title))
      : checkLine(layer, shown, legend, deeds);
  return h(
    "li",
    { class: shown ? "layer layer-shown" : "layer", "data-layer": layer.id },
    line,
    ...notes(layer, state, shown, tongue),
    ...(shown ? legendPart(layer, legend, state, facts, tongue) : []),
    shown ? coverageSwitch(layer, state, deeds, tongue) : null,
    about(layer, facts, deeds, tongue),
  );
}

function checkLine(
  layer: Collection,
  shown: boolean,
  legend: readonly LegendGroup[],
  deeds: PanelDeeds,
): HTMLElement {
  const box = h("input", {
    type: "checkbox",
    checked: shown,
    "data-key": `layer-${layer.id}`,
    onchange: () => deeds.toggle(layer.id, box.checked),
  });
  const title = h("span", { class: "layer-title" }, layer.title);
  return h("label", { class: "layer-line" }, box, title, soleSwatch(legend));
}

function notes(layer: Collection, state: State, shown: boolean, { say }: Tongue): HTMLElement[] {
  const { form, geometry, minzoom } = layer.onemap;
  const words: string[] = [];
  if (form === "generalised") words.push(say("layers:generalised"));
  if (geometry === null) words.push(say("layers:table"));
  if (shown && state.camera && state.camera.zoom < (minzoom ?? 0))
    words.push(say("layers:zoom_in"));
  const list = words.map((text) => h("p", { class: "layer-note" }, text));
  if (shown && state.broken.has(layer.id)) {
    list.push(h("p", { class: "layer-note layer-note-failed" }, say("layers:tiles_failed")));
  }
  return list;
}

function legendPart(
  layer: Collection,
  legend: readonly LegendGroup[],
  state: State,
  { unfolded }: PanelFacts,
  tongue: Tongue,
): HTMLElement[] {
  const schema = state.schemas.get(layer.id);
  const wordless = legend.every((group) => group.field === null);
  if (schema?.state === "failed" && !wordless) {
    return [h("p", { class: "layer-note layer-note-failed" }, tongue.say("legend:failed"))];
  }
  if (schema?.state !== "here" && !wordless) return [];
  return legendLists(legend, here(schema), { layer: layer.id, unfolded }, tongue);
}

function about(
  layer: Collection,
  facts: PanelFacts,
  deeds: PanelDeeds,
  tongue: Tongue,
): HTMLElement {
  const { say } = tongue;
  const details = h(
    "details",
    {
      class: "about",
      open: facts.opened.has(layer.id),
      ontoggle: () => {
        if (details.open) facts.opened.add(layer.id);
        else facts.opened.delete(layer.id);
      },
    },
    h(
      "summary",
      {
        "data-key": `about-${layer.id}`,
        "aria-label": say("layers:about_of", { layer: layer.title }),
      },
      say("layers:about"),
    ),
    layer.description ? h("p", {}, layer.description) : null,
    factList(layer, tongue),
    layer.onemap.coverage ? null : h("p", {}, say("layers:coverage_unknown")),
    layer.extent?.spatial.bbox[0] &&
      h(
        "button",
        {
          type: "button",
          class: "link",
          "data-key": `zoom-${layer.id}`,
          onclick: () => deeds.zoomTo(layer.id),
        },
        say("layers:zoom_to"),
      ),
  );
  return details;
}

function factList(layer: Collection, { lang, say }: Tongue): HTMLElement {
  const { provenance, count } = layer.onemap;
  const rows: [string, string][] = [[say("facts:publisher"), provenance.publisher]];
  if (provenance.source) rows.push([say("facts:source"), provenance.source]);
  rows.push([say("facts:licence"), provenance.licence]);
  rows.push([say("facts:updated"), dateWords(provenance.updated, lang)]);
  rows.push([
    say("facts:data_kind"),
    say(provenance.demonstration ? "values:kind_demonstration" : "values:kind_real"),
  ]);
  if (count !== undefined) rows.push([say("layers:count"), measure(count, undefined, lang)]);
  return h(
    "dl",
    {},
    ...rows.map(([term, words]) => h("div", {}, h("dt", {}, term), h("dd", {}, words))),
  );
}

function coverageSwitch(
  layer: Collection,
  state: State,
  deeds: PanelDeeds,
  { say }: Tongue,
): HTMLElement | null {
  if (!layer.onemap.coverage) return null;
  const on = state.coverage === layer.id;
  const box = h("input", {
    type: "checkbox",
    checked: on,
    "data-key": `coverage-${layer.id}`,
    onchange: () => deeds.coverage(box.checked ? layer.id : null),
  });
  return h(
    "div",
    { class: "coverage" },
    h(
      "label",
      {},
      box,
      h("span", {}, say("layers:coverage_show")),
      h("span", { class: "hatch-sample", "aria-hidden": "true" }),
    ),
    on && h("p", {}, say("layers:coverage_hint")),
  );
}
