// The page as a whole: which parts it has, and what each of them is given.
import { html, nothing, type TemplateResult } from "lit";
import type { Api } from "../api/client";
import type { Bbox } from "../api/types";
import type { LegendGroup } from "../map/legend";
import type { DrawnLayer } from "../map/style";
import type { Printed } from "../map/view";
import { speak, tongue as tongueOf } from "../text";
import "./card";
import "./chrome";
import "./footer";
import "./header";
import "./layers";
import "./print/print";
import { here, isDark, type State } from "./state";
import "./search/search";
import "./table/table";
import "./tools";
import "./welcome";
import { tableLayer, yearsOf } from "./toolbox";

/** What is drawn: the state and what follows from it. */
export interface View {
  api: Api;
  state: State;
  /** Ids of the layers on the map. */
  visible: ReadonlySet<string>;
  /** Ids of all layers of the map, topmost first. */
  stack: readonly string[];
  drawn: ReadonlyMap<string, DrawnLayer[]>;
  legends: ReadonlyMap<string, LegendGroup[]>;
  /** What the map shows; null: there is none. */
  bounds: Bbox | null;
  /** The map as it is to be printed; null: not now. */
  printed: Printed | null;
  focusMap(): void;
}

export function page(view: View): TemplateResult {
  const { state, visible, stack, drawn, legends } = view;
  const tongue = tongueOf(state.lang);
  const landing = here(state.landing);
  const collections = here(state.collections) ?? NONE;
  const demonstration = collections.some(
    ({ id, onemap }) =>
      onemap.provenance.demonstration && (visible.has(id) || state.map === "no-webgl"),
  );
  return html`<button class="skip" type="button" @click=${view.focusMap}
      >${speak(state.lang)("page:skip_to_map")}</button>
    <om-header .tongue=${tongue} .landing=${landing} .demonstration=${demonstration}
      .panelOpen=${state.panelOpen} .api=${view.api} .dark=${isDark(state)} .welcome=${state.welcome}></om-header>
    <om-layers .tongue=${tongue} .collections=${state.collections} .schemas=${state.schemas}
      .visible=${visible} .stack=${stack} .opacity=${state.opacity} .legends=${legends}
      .drawn=${drawn} .broken=${state.broken} .coverage=${state.coverage}
      .zoom=${Math.floor(state.camera?.zoom ?? 0)} .open=${state.panelOpen}></om-layers>
    <main class="map">
      <div class="map-canvas"></div>
      <div class="cross" aria-hidden="true"></div>
      ${
        state.map === "here"
          ? html`<om-map-controls .tongue=${tongue}></om-map-controls>
            <om-tools .tongue=${tongue} .tool=${state.tool} .measured=${state.measured}
              .year=${state.year} .years=${yearsOf(collections)} .compared=${state.compared}
              .collections=${collections} .visible=${visible}></om-tools>`
          : nothing
      }
      <om-map-state .tongue=${tongue} .map=${state.map}></om-map-state>
      ${screening(view)}
      <om-card .tongue=${tongue} .card=${state.card} .collections=${collections}
        .schemas=${state.schemas} .drawn=${drawn} .api=${view.api} .screening=${state.tool === "screen"}></om-card>
      <om-welcome .tongue=${tongue} .open=${greeting(state)}
        .collections=${collections}></om-welcome>
      <om-notes .tongue=${tongue} .notes=${state.notes}></om-notes>
    </main>
    <om-table .tongue=${tongue} .api=${view.api} .layer=${tableLayer(state)}
      .where=${state.table?.where ?? null} .view=${view.bounds}></om-table>
    ${
      view.printed
        ? html`<om-print .tongue=${tongue} .printed=${view.printed} .landing=${landing}
            .collections=${collections} .visible=${visible} .legends=${legends}
            .schemas=${state.schemas} .year=${state.year}></om-print>`
        : nothing
    }
    <om-footer .tongue=${tongue} .landing=${landing} .collections=${collections}
      .visible=${visible}></om-footer>`;
}

/** The panel for screening a parcel, fetched when it is wanted first. */
function screening({ api, state }: View): TemplateResult | typeof nothing {
  if (state.tool !== "screen") return nothing;
  void import("./screening/panel");
  return html`<om-screening .tongue=${tongueOf(state.lang)} .api=${api} .question=${state.screened}
    .sketching=${state.sketching} .measured=${state.measured}
    .collections=${here(state.collections) ?? NONE}></om-screening>`;
}

/** Questions to begin with give way to whatever else is begun. */
function greeting({ welcome, map, card, tool, table }: State): boolean {
  return welcome && map === "here" && card.kind === "closed" && tool === null && table === null;
}

const NONE: readonly never[] = [];
