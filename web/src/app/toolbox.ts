// What the tools do: measuring, a year, two layers side by side, a table, going to a found place.
import type { Api } from "../api/client";
import type { Collection, Place } from "../api/types";
import type { MapView } from "../map/view";
import { hear } from "./events";
import { asked, drawable } from "./loading";
import { ScreeningDesk } from "./screening/desk";
import type { SearchBox } from "./search/search";
import { type Compared, collectionOf, here, type State, type Store, type Tool } from "./state";

/** Layers that people compare first, where there are such. */
const LEFT = "land-use-current";
const RIGHT = "land-use-plan";

/** The card's width with its margin, pixels: what is found is shown beside it. */
const CARD = 400;

export interface Workshop {
  api: Api;
  page: HTMLElement;
  store: Store;
  view(): MapView | null;
  /** Puts what is seen into the address. */
  write(): void;
  visible(): ReadonlySet<string>;
  /** Opens the card on a feature, its layer shown. */
  open(layer: string, id: number): void;
}

export class Toolbox {
  readonly #shop: Workshop;
  readonly #screening: ScreeningDesk;

  constructor(shop: Workshop) {
    this.#shop = shop;
    this.#screening = new ScreeningDesk(shop);
  }

  hear(): void {
    const { page, store, view, write } = this.#shop;
    hear(page, "om-tool", (tool) => {
      this.#take(tool);
      write();
    });
    hear(page, "om-undo", () => view()?.undo());
    hear(page, "om-time", (year) => {
      store.set({ year });
      write();
    });
    hear(page, "om-compare", (compared) => {
      store.set({ compared });
      write();
    });
    hear(page, "om-table", (table) => store.set({ table }));
    hear(page, "om-table-close", () => {
      store.set({ table: null });
      view()?.focus();
    });
    hear(page, "om-place", (place) => this.#goTo(place));
    hear(page, "om-number", (number) => void this.#find(number));
    this.#screening.hear();
  }

  /** Puts down the tool that is held. */
  putDown(): void {
    this.#take(null);
    this.#shop.write();
    this.#shop.view()?.focus();
  }

  /** Draws on the map what the tools changed. */
  draw(now: State, before: State | null): void {
    const { view, visible } = this.#shop;
    const map = view();
    const changed = (...keys: (keyof State)[]) =>
      before === null || keys.some((key) => now[key] !== before[key]);
    if (changed("year", "map", "collections"))
      map?.time(now.year === null ? null : String(now.year), timed(now));
    if (changed("compared", "wanted", "map")) {
      map?.compare(now.compared && secondLayers(visible(), now.compared), now.compared?.split ?? 0);
    }
    this.#screening.draw(now, before);
  }

  /** Puts down what is held and takes up another; taken up again it begins anew. */
  #take(tool: Tool | null): void {
    const { store, view } = this.#shop;
    const compared = tool === "compare" ? this.#firstPair(store.get()) : null;
    store.set({ tool, measured: null, compared });
    this.#screening.clear();
    if (tool === "screen") store.set({ card: { kind: "closed" }, welcome: false });
    const ruler = tool === "length" || tool === "area" ? tool : null;
    view()?.measure(ruler, (measured) => store.set({ measured }));
    if (ruler) view()?.focus();
  }

  #firstPair(state: State): Compared | null {
    const areas = (here(state.collections) ?? []).filter(
      (layer) => drawable(layer) && layer.onemap.geometry === "polygon",
    );
    const pick = (wish: string, other: number) =>
      areas.find(({ id }) => id === wish)?.id ?? areas.at(other)?.id;
    const [left, right] = [pick(LEFT, 0), pick(RIGHT, -1)];
    return left && right ? { left, right, split: 0.5 } : null;
  }

  /** Goes to the feature of this number; the search box tells why if there is none to go to. */
  async #find(number: string): Promise<void> {
    const { api, page, store } = this.#shop;
    const places = await asked(api.places(number, store.get().lang));
    const place = here(places)?.find(({ title, id }) => title === number && id !== null);
    if (place) this.#goTo(place);
    else page.querySelector<SearchBox>("om-search")?.look(number);
  }

  #goTo({ layer, id, bbox, center }: Place): void {
    const { view, store, open } = this.#shop;
    const map = view();
    const [lon, lat] = center;
    if (bbox && (bbox[0] < bbox[2] || bbox[1] < bbox[3])) map?.fit(bbox, layer ? CARD : 0);
    else map?.go({ lon, lat, zoom: Math.max(16, map.camera.zoom) });
    if (layer && id !== null && id !== undefined) open(layer, id);
    else {
      store.set({ card: { kind: "closed" }, welcome: false });
      map?.select({ type: "Point", coordinates: center });
    }
  }
}

/** Layers whose features have a time in the world. */
export function timed(state: State): string[] {
  const layers = here(state.collections) ?? [];
  return layers.filter(({ onemap }) => onemap.temporal === true).map(({ id }) => id);
}

/** The layers on the first map while two are compared. */
export function firstLayers(
  visible: ReadonlySet<string>,
  { left, right }: Compared,
): ReadonlySet<string> {
  return new Set([...visible, left].filter((id) => id !== right || id === left));
}

function secondLayers(
  visible: ReadonlySet<string>,
  { left, right }: Compared,
): ReadonlySet<string> {
  return new Set([...visible, right].filter((id) => id !== left || id === right));
}

/** The years there is something to choose from: as far back as layers reach, to this year. */
export function yearsOf(collections: readonly Collection[]): readonly [number, number] {
  const year = (text: string | null | undefined) => Number(text?.slice(0, 4) ?? Number.NaN);
  const intervals = collections.flatMap(({ extent }) => extent?.temporal?.interval ?? []);
  const begun = intervals.map(([from]) => year(from)).filter((at) => at > 0);
  const now = new Date().getFullYear();
  return [Math.min(now, ...begun), now];
}

/** What the table shows. */
export function tableLayer(state: State): Collection | null {
  return state.table === null ? null : collectionOf(state, state.table.layer);
}
