// What happens on the page: from the address to the state, from the state to what is drawn, and from
// what a person does back to both.
import { render } from "lit";
import type { StyleSpecification } from "maplibre-gl";
import { type Api, ServerError } from "../api/client";
import type { Bbox, Lang } from "../api/types";
import { boxOf, meet } from "../map/box";
import { darkStyle } from "../map/dark";
import { restacked, stackOf } from "../map/dress";
import type { Choice, Hit } from "../map/hits";
import { type LegendGroup, legendOf } from "../map/legend";
import { type DrawnLayer, hiddenAtFirst } from "../map/style";
import { inTongue } from "../map/tongue";
import { MapView } from "../map/view";
import { HTML_LANG, speak } from "../text";
import { type Desk, greet, hearQuestions } from "./answers";
import type { CardPart } from "./card";
import { hear } from "./events";
import { inkFromTokens } from "./ink";
import { drawable, dropUnknown, firstLanguage, loadMap, loadSchemas, openFeature } from "./loading";
import { remember, remembered } from "./memory";
import { page as drawPage } from "./page";
import { type Permalink, readHash, readLang, readTheme, writeHash } from "./permalink";
import { NO_QUESTION } from "./screening/link";
import { collectionOf, here, INITIAL, isDark, type State, type Store, store } from "./state";
import { firstLayers, Toolbox } from "./toolbox";

export class App {
  readonly #api: Api;
  readonly #page: HTMLElement;
  readonly #store: Store;
  #legends: ReadonlyMap<string, LegendGroup[]> = new Map();
  #visible: ReadonlySet<string> = new Set();
  /** All layers of the map as their style lays them over each other, topmost first. */
  #stack: readonly string[] = [];
  #style: StyleSpecification | null = null;
  #view: MapView | null = null;
  readonly #desk: Desk;
  readonly #toolbox: Toolbox;

  constructor(api: Api, page: HTMLElement) {
    this.#api = api;
    this.#page = page;
    const link = readHash(location.hash);
    const query = readLang(new URLSearchParams(location.search).get("lang"));
    const lang = firstLanguage(link.lang, query, navigator.languages);
    const { layers: wanted, opacity, coverage, year, compared, camera } = link;
    const screened = link.screened ?? NO_QUESTION;
    const theme = link.theme ?? readTheme(remembered("theme"));
    const welcome = location.hash.length < 2 && remembered("hint") === null;
    const worn = { theme, night: NIGHT.matches };
    // A year that nobody sees is chosen would be taken for the whole.
    const held = compared ? "compare" : year === null ? null : "time";
    const tool = link.screened ? "screen" : held;
    const seen = { wanted, opacity, coverage, year, compared, screened, camera, tool } as const;
    const at = { lang, ...seen, welcome, ...worn };
    this.#store = store({ ...INITIAL, ...at });
    this.#desk = {
      page,
      store: this.#store,
      view: () => this.#view,
      visible: () => this.#visible,
      stack: () => restacked(this.#stack, this.#store.get().wanted ?? []),
      district: () => this.#district(),
      write: () => this.#write("push"),
    };
    this.#toolbox = new Toolbox({
      ...this.#desk,
      api,
      open: (layer, id) => this.#openFound(layer, id),
    });
  }

  start(): void {
    const { feature } = readHash(location.hash);
    this.#store.listen((now, before) => this.#draw(now, before));
    this.#hear();
    this.#draw(this.#store.get(), null);
    NIGHT.addEventListener("change", ({ matches: night }) => this.#store.set({ night }));
    addEventListener("popstate", () => this.#follow(readHash(location.hash)));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#escape();
    });
    const opened = feature && openFeature(this.#api, this.#store, feature, []);
    void Promise.all([opened, this.#load()]).then(() => this.#reveal());
  }

  async #load(): Promise<void> {
    const data = loadMap(this.#api, this.#store).then(() => dropUnknown(this.#store));
    await Promise.all([data, this.#loadStyle()]);
  }

  async #loadStyle(): Promise<void> {
    if (this.#view) return;
    const { lang } = this.#store.get();
    this.#store.set({ map: "waiting" });
    try {
      // Without a place in the link the map opens on the district, which the landing page tells.
      const [style] = await Promise.all([
        this.#api.mapStyle(lang),
        this.#api.landing(lang).catch(() => null),
      ]);
      this.#style = style;
      this.#makeMap(this.#worn(style));
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      this.#store.set({ map: "no-style" });
    }
  }

  #makeMap(style: Awaited<ReturnType<Api["mapStyle"]>>): void {
    const { camera } = this.#store.get();
    const settings = {
      container: this.#part(".map-canvas"),
      style,
      camera,
      bbox: this.#district(),
    };
    try {
      this.#view = new MapView(
        { ...settings, ...inkFromTokens() },
        {
          moved: (moved) => {
            this.#store.set({ camera: moved });
            this.#write("replace");
          },
          picked: (choice) => this.#picked(choice),
          failed: (layer) => this.#broken(layer, true),
          arrived: (layer) => this.#broken(layer, false),
        },
      );
    } catch {
      this.#store.set({ map: "no-webgl" });
      return;
    }
    this.#readLegends(this.#view);
    this.#stack = stackOf(this.#view.drawn);
    this.#store.set({ map: "here", camera: this.#view.camera });
  }

  #readLegends({ drawn }: MapView): void {
    this.#legends = new Map([...drawn].map(([id, layers]) => [id, legendOf(layers)]));
  }

  #worn(style: StyleSpecification): StyleSpecification {
    const state = this.#store.get();
    const told = inTongue(style, state.lang);
    return isDark(state) ? darkStyle(told) : told;
  }

  /** Puts on what the reader or the system wants, the map and its legends with the page. */
  #wear({ theme }: State): void {
    document.documentElement.dataset.theme = theme ?? "";
    if (!this.#view || !this.#style) return;
    this.#view.wear(this.#worn(this.#style), inkFromTokens().ink);
    this.#readLegends(this.#view);
  }

  /** The layers on the map; the same value as before if they are the same. */
  #visibleIn(state: State): ReadonlySet<string> {
    const layers = (here(state.collections) ?? []).filter(drawable).map(({ id }) => id);
    const first = (id: string) => this.#view && !hiddenAtFirst(this.#view.drawn.get(id) ?? []);
    const ids = layers.filter((id) => (state.wanted ? state.wanted.includes(id) : first(id)));
    const same = ids.length === this.#visible.size && ids.every((id) => this.#visible.has(id));
    if (!same) this.#visible = new Set(ids);
    return this.#visible;
  }

  #district(): Bbox | null {
    const state = this.#store.get();
    const told = here(state.landing)?.onemap.district.bbox;
    if (told) return told;
    const boxes = (here(state.collections) ?? []).flatMap((c) => c.extent?.spatial?.bbox ?? []);
    return boxes.reduce<Bbox | null>(
      (all, [w, s, e, n]) =>
        all
          ? [Math.min(all[0], w), Math.min(all[1], s), Math.max(all[2], e), Math.max(all[3], n)]
          : [w, s, e, n],
      null,
    );
  }

  // Drawing.

  #draw(now: State, before: State | null): void {
    const changed = (...keys: (keyof State)[]) =>
      before === null || keys.some((key) => now[key] !== before[key]);
    if (changed("lang") || (before && isDark(now) !== isDark(before))) this.#wear(now);
    const visible = this.#visibleIn(now);
    const stack = restacked(this.#stack, now.wanted ?? []);
    const view = {
      api: this.#api,
      state: now,
      visible,
      stack,
      drawn: this.#view?.drawn ?? NO_LAYERS,
      bounds: this.#view?.bounds ?? null,
      printed: now.tool === "print" && this.#view ? this.#view.printed : null,
    };
    const focusMap = () => this.#view?.focus();
    render(drawPage({ ...view, legends: this.#legends, focusMap }), this.#page);
    if (changed("lang", "landing")) this.#drawTitle(now);
    if (changed("lang", "map")) this.#view?.name(speak(now.lang)("map:name"));
    if (changed("collections", "wanted", "map", "compared")) {
      this.#view?.show(now.compared ? firstLayers(visible, now.compared) : visible);
      const moved = stack.some((id, i) => id !== this.#stack[i]);
      this.#view?.stack(moved ? stack : []);
      if (here(now.collections)) loadSchemas(this.#api, this.#store, visible);
    }
    if (changed("opacity", "map")) this.#view?.fade(now.opacity);
    if (changed("collections", "coverage", "map")) this.#drawCoverage(now);
    if (changed("card", "map", "collections")) this.#drawSelection(now);
    this.#toolbox.draw(now, before);
  }

  #part<E extends HTMLElement>(selector: string): E {
    const part = this.#page.querySelector<E>(selector);
    if (!part) throw new Error(`the page has no ${selector}`);
    return part;
  }

  #drawTitle({ lang, landing }: State): void {
    const district = here(landing)?.onemap.district.name;
    const title = speak(lang)("page:title");
    document.title = district ? `${district} · ${title}` : `OneMap · ${title}`;
    document.documentElement.lang = HTML_LANG[lang];
  }

  #drawCoverage(state: State): void {
    const layer = state.coverage === null ? null : collectionOf(state, state.coverage);
    this.#view?.hatchOutside(layer?.onemap.coverage ?? null);
  }

  #drawSelection(state: State): void {
    const { card } = state;
    const item = card.kind === "feature" ? here(card.item) : null;
    const layer = card.kind === "feature" ? collectionOf(state, card.layer) : null;
    const metres = layer?.onemap.form === "generalised" ? item?.precision_m : null;
    this.#view?.select(item?.geometry ?? null, metres ?? null);
  }

  get #card(): CardPart {
    return this.#part<CardPart>("om-card");
  }

  // The address.

  #link(): Permalink {
    const state = this.#store.get();
    const { camera, wanted, opacity, coverage, year, compared, screened, lang, card, theme } =
      state;
    const feature = card.kind === "feature" ? { layer: card.layer, id: card.id } : null;
    const layers = wanted ? [...wanted] : null;
    const seen = { layers, opacity, feature, coverage, year, compared, screened };
    return { camera, ...seen, lang, theme };
  }

  #write(how: "push" | "replace"): void {
    const hash = writeHash(this.#link());
    if (hash === location.hash) return;
    const url = `${location.pathname}${location.search}${hash}`;
    if (how === "push") history.pushState(null, "", url);
    else history.replaceState(null, "", url);
  }

  /** Goes where the address now says: back, forward, or a hash typed by hand. */
  #follow(link: Permalink): void {
    const { lang, card } = this.#store.get();
    const { opacity, coverage, year, compared } = link;
    const screened = link.screened ?? NO_QUESTION;
    const { tool: held, screened: asked } = this.#store.get();
    const left = held === "compare" || (held === "screen" && asked.parcel) ? null : held;
    const tool = link.screened ? "screen" : compared ? "compare" : left;
    this.#store.set({ wanted: link.layers, opacity, coverage, year, compared, screened, tool });
    this.#store.set({ sketching: false });
    dropUnknown(this.#store);
    if (link.lang && link.lang !== lang) this.#speak(link.lang);
    const shown = card.kind === "feature" ? card : null;
    if (!link.feature) this.#store.set({ card: { kind: "closed" } });
    else if (shown?.layer !== link.feature.layer || shown.id !== link.feature.id) {
      void openFeature(this.#api, this.#store, link.feature, []).then(() => this.#reveal());
    }
    // Last: a move writes the address anew, from what is so by then.
    if (link.camera) this.#view?.go(link.camera);
  }

  // Deeds.

  #hear(): void {
    const page = this.#page;
    hear(page, "om-language", (lang) => {
      this.#speak(lang);
      this.#write("push");
    });
    hear(page, "om-panel", (panelOpen) => this.#store.set({ panelOpen }));
    hear(page, "om-layer", ({ layer, visible }) => this.#toggle(layer, visible));
    hear(page, "om-opacity", ({ layer, percent }) => this.#dim(layer, percent));
    hear(page, "om-order", (wanted) => {
      this.#store.set({ wanted });
      this.#write("replace");
    });
    hear(page, "om-theme", (chosen) => {
      const theme = chosen === (NIGHT.matches ? "dark" : "light") ? null : chosen;
      remember("theme", theme ?? "");
      this.#store.set({ theme });
      this.#write("replace");
    });
    hear(page, "om-coverage", (coverage) => {
      this.#store.set({ coverage });
      this.#write("push");
    });
    hear(page, "om-zoom-to", (layer) => {
      const bbox = collectionOf(this.#store.get(), layer)?.extent?.spatial?.bbox[0];
      if (bbox) this.#view?.fit(bbox);
      this.#store.set({ panelOpen: false });
    });
    hear(page, "om-retry", () => {
      const waiting = { state: "waiting" } as const;
      if (!here(this.#store.get().landing)) this.#store.set({ landing: waiting });
      if (!here(this.#store.get().collections)) this.#store.set({ collections: waiting });
      void this.#load();
    });
    hear(page, "om-zoom", (steps) => this.#view?.zoomBy(steps));
    hear(page, "om-district", () => {
      const bbox = this.#district();
      if (bbox) this.#view?.fit(bbox);
    });
    hear(page, "om-dismiss", (note) => {
      this.#store.set({ notes: this.#store.get().notes.filter((other) => other !== note) });
    });
    this.#hearCard();
    this.#toolbox.hear();
    hear(page, "om-time", () => this.#write("replace"));
    hearQuestions(this.#desk);
  }

  #hearCard(): void {
    const page = this.#page;
    hear(page, "om-card-close", () => this.#closeCard());
    hear(page, "om-open", (hit) => {
      const { card } = this.#store.get();
      this.#openHit(hit, card.kind === "choice" ? card.hits : []);
    });
    hear(page, "om-card-back", () => {
      const { card } = this.#store.get();
      if (card.kind === "feature") this.#offer(card.among);
    });
    hear(page, "om-card-retry", () => {
      const { card } = this.#store.get();
      if (card.kind === "feature") void openFeature(this.#api, this.#store, card, card.among);
    });
  }

  #toggle(layer: string, visible: boolean): void {
    const shown = this.#visible;
    const stack = this.#desk.stack();
    this.#store.set({ wanted: stack.filter((id) => (id === layer ? visible : shown.has(id))) });
    this.#write("push");
  }

  #openFound(layer: string, id: number): void {
    const known = collectionOf(this.#store.get(), layer);
    if (known && drawable(known) && !this.#visible.has(layer)) this.#toggle(layer, true);
    this.#openHit({ layer, id }, []);
  }

  #dim(layer: string, percent: number): void {
    const { wanted, opacity } = this.#store.get();
    const faded = new Map(opacity).set(layer, percent);
    if (percent >= 100) faded.delete(layer);
    const visible = wanted ?? this.#stack.filter((id) => this.#visible.has(id));
    this.#store.set({ opacity: faded, wanted: visible });
    this.#write("replace");
  }

  #speak(lang: Lang): void {
    this.#store.set({ lang, schemas: new Map() });
    const { card } = this.#store.get();
    const layers = card.kind === "choice" ? card.hits.map(({ layer }) => layer) : [];
    if (card.kind === "feature") layers.push(card.layer);
    loadSchemas(this.#api, this.#store, layers);
    void loadMap(this.#api, this.#store);
  }

  #picked(choice: Choice): void {
    this.#store.set({ panelOpen: false, welcome: false });
    if (choice.kind === "cluster") return;
    if (choice.kind === "nothing") {
      this.#store.set({ card: { kind: "nothing" } });
      this.#write("push");
      return;
    }
    const { hits, meant } = this.#withoutGround(choice);
    if (meant) this.#openHit(meant, hits);
    else this.#offer(hits);
  }

  /** The ground under everything is only meant where nothing else is. */
  #withoutGround({ hits, meant }: Extract<Choice, { kind: "features" }>): {
    hits: Hit[];
    meant: Hit | null;
  } {
    const theme = (hit: Hit) => collectionOf(this.#store.get(), hit.layer)?.onemap.theme.id;
    const things = hits.filter((hit) => theme(hit) !== "base");
    if (things.length === 0) return { hits, meant };
    return { hits: things, meant: meant ?? (things.length === 1 ? (things[0] ?? null) : null) };
  }

  #offer(hits: Hit[]): void {
    this.#store.set({ card: { kind: "choice", hits } });
    loadSchemas(
      this.#api,
      this.#store,
      hits.map(({ layer }) => layer),
    );
    void this.#card.takeFocus();
    this.#write("push");
  }

  #openHit(hit: { layer: string; id: number }, among: Hit[]): void {
    this.#store.set({ welcome: false });
    const opened = openFeature(this.#api, this.#store, hit, among);
    void this.#card.takeFocus();
    this.#write("push");
    void opened.then(() => this.#reveal());
  }

  /** Moves the map if the card lies over what it tells about. */
  async #reveal(): Promise<void> {
    await this.#card.updateComplete;
    const { card } = this.#store.get();
    const geometry = card.kind === "feature" ? here(card.item)?.geometry : null;
    const box = geometry ? boxOf(geometry) : null;
    if (!this.#view || !geometry || !box) return;
    if (geometry.type !== "Point") {
      if (!meet(box, this.#view.bounds)) this.#view.fit(box);
      return;
    }
    const [lon, lat] = box;
    const { width, height } = this.#card.size;
    const sheet = width >= this.#part(".map").clientWidth;
    this.#view.reveal(
      [lon, lat],
      sheet ? { right: 0, bottom: height } : { right: width, bottom: 0 },
    );
  }

  #closeCard(): void {
    this.#store.set({ card: { kind: "closed" } });
    this.#write("push");
    this.#view?.focus();
  }

  #escape(): void {
    const { card, panelOpen, tool, sketching, welcome } = this.#store.get();
    if (sketching) this.#store.set({ sketching: false, measured: null });
    else if (tool === "screen" && card.kind !== "closed") this.#closeCard();
    else if (tool !== null) this.#toolbox.putDown();
    else if (card.kind !== "closed") this.#closeCard();
    else if (welcome) void greet(this.#desk, false);
    else if (panelOpen) this.#store.set({ panelOpen: false });
  }

  #broken(layer: string, is: boolean): void {
    const { broken } = this.#store.get();
    if (broken.has(layer) === is) return;
    const next = new Set(broken);
    if (is) next.add(layer);
    else next.delete(layer);
    this.#store.set({ broken: next });
  }
}

const NIGHT = matchMedia("(prefers-color-scheme: dark)");
const NO_LAYERS: ReadonlyMap<string, DrawnLayer[]> = new Map();
