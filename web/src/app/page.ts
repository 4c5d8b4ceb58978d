// What happens on the page: from the address to the state, from the state to what is drawn, and from
// what a person does back to both.
import { type Api, ServerError } from "../api/client";
import type { Bbox, Lang } from "../api/types";
import type { Choice, Hit } from "../map/hits";
import { type LegendGroup, legendOf } from "../map/legend";
import { hiddenAtFirst } from "../map/style";
import { MapView } from "../map/view";
import { HTML_LANG, speak } from "../text";
import { drawCard } from "./card";
import { drawControls, drawMapState, drawNotes } from "./chrome";
import { drawFooter } from "./footer";
import { type Frame, frame } from "./frame";
import { drawHeader } from "./header";
import { inkFromTokens } from "./ink";
import { drawable, dropUnknown, firstLanguage, loadMap, loadSchemas, openFeature } from "./loading";
import { drawPanel } from "./panel";
import { type Permalink, readHash, readLang, writeHash } from "./permalink";
import { collectionOf, here, INITIAL, type State, type Store, store } from "./state";

export class App {
  readonly #api: Api;
  readonly #frame: Frame;
  readonly #store: Store;
  readonly #legends = new Map<string, LegendGroup[]>();
  readonly #opened = new Set<string>();
  readonly #unfolded = new Set<string>();
  #view: MapView | null = null;

  constructor(api: Api, page: HTMLElement) {
    this.#api = api;
    this.#frame = frame(page);
    const link = readHash(location.hash);
    const query = readLang(new URLSearchParams(location.search).get("lang"));
    const lang = firstLanguage(link.lang, query, navigator.languages);
    const { layers: wanted, coverage, camera } = link;
    this.#store = store({ ...INITIAL, lang, wanted, coverage, camera });
  }

  start(): void {
    const { feature } = readHash(location.hash);
    this.#store.listen((now, before) => this.#draw(now, before));
    this.#draw(this.#store.get(), null);
    this.#frame.skip.addEventListener("click", () => this.#view?.focus());
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
      this.#makeMap(style);
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      this.#store.set({ map: "no-style" });
    }
  }

  #makeMap(style: Awaited<ReturnType<Api["mapStyle"]>>): void {
    const { camera } = this.#store.get();
    const settings = { container: this.#frame.canvas, style, camera, bbox: this.#district() };
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
    for (const [layer, drawn] of this.#view.drawn) this.#legends.set(layer, legendOf(drawn));
    this.#store.set({ map: "here", camera: this.#view.camera });
  }

  /** The layers on the map. */
  #visible(state: State): ReadonlySet<string> {
    const layers = (here(state.collections) ?? []).filter(drawable).map(({ id }) => id);
    const first = (id: string) => !hiddenAtFirst(this.#view?.drawn.get(id) ?? []);
    return new Set(layers.filter((id) => (state.wanted ? state.wanted.includes(id) : first(id))));
  }

  #district(): Bbox | null {
    const state = this.#store.get();
    const told = here(state.landing)?.onemap.district.bbox;
    if (told) return told;
    const boxes = (here(state.collections) ?? []).flatMap((c) => c.extent?.spatial.bbox ?? []);
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
    const visible = this.#visible(now);
    const { header, footer, panel, card } = this.#frame;
    const zoomed = before === null || zoomStep(now) !== zoomStep(before);
    if (changed("lang", "landing")) this.#drawTitle(now);
    if (changed("lang", "landing", "collections", "wanted", "panelOpen", "map")) {
      drawHeader(header, now, this.#demonstration(now, visible), this.#headerDeeds);
      panel.classList.toggle("open", now.panelOpen);
    }
    if (changed("lang", "landing", "collections", "wanted", "map"))
      drawFooter(footer, now, visible);
    if (
      zoomed ||
      changed("lang", "collections", "schemas", "wanted", "broken", "coverage", "map")
    ) {
      const facts = { visible, legends: this.#legends, opened: this.#opened };
      drawPanel(panel, now, { ...facts, unfolded: this.#unfolded }, this.#panelDeeds);
    }
    if (changed("lang", "map")) {
      drawControls(this.#frame, now, this.#chromeDeeds);
      drawMapState(this.#frame, now, this.#chromeDeeds);
      this.#view?.name(speak(now.lang)("map:name"));
    }
    if (changed("lang", "notes")) drawNotes(this.#frame, now, this.#chromeDeeds);
    if (changed("lang", "card", "schemas", "collections", "map") && !sameClosed(now, before)) {
      const held = card.contains(document.activeElement);
      drawCard(card, now, this.#view?.drawn ?? new Map(), this.#cardDeeds);
      if (held) this.#focusCard();
    }
    if (changed("collections", "wanted", "map")) {
      this.#view?.show(visible);
      if (here(now.collections)) loadSchemas(this.#api, this.#store, visible);
    }
    if (changed("collections", "coverage", "map")) this.#drawCoverage(now);
    if (changed("card", "map")) this.#drawSelection(now);
  }

  #drawTitle({ lang, landing }: State): void {
    const district = here(landing)?.onemap.district.name;
    const title = speak(lang)("page:title");
    document.title = district ? `${district} · ${title}` : `OneMap · ${title}`;
    document.documentElement.lang = HTML_LANG[lang];
    this.#frame.skip.textContent = speak(lang)("page:skip_to_map");
  }

  #demonstration(state: State, visible: ReadonlySet<string>): boolean {
    return (here(state.collections) ?? []).some(
      (layer) => visible.has(layer.id) && layer.onemap.provenance.demonstration,
    );
  }

  #drawCoverage(state: State): void {
    const layer = state.coverage === null ? null : collectionOf(state, state.coverage);
    this.#view?.hatchOutside(layer?.onemap.coverage ?? null);
  }

  #drawSelection({ card }: State): void {
    const item = card.kind === "feature" ? here(card.item) : null;
    this.#view?.select(item?.geometry ?? null);
  }

  #focusCard(): void {
    const { card } = this.#frame;
    const target =
      card.querySelector<HTMLElement>("h2[tabindex]") ??
      card.querySelector<HTMLElement>(".card-close");
    target?.focus({ preventScroll: true });
  }

  // The address.

  #link(): Permalink {
    const { camera, wanted, coverage, lang, card } = this.#store.get();
    const feature = card.kind === "feature" ? { layer: card.layer, id: card.id } : null;
    return { camera, layers: wanted ? [...wanted] : null, feature, coverage, lang };
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
    this.#store.set({ wanted: link.layers, coverage: link.coverage });
    dropUnknown(this.#store);
    if (link.camera) this.#view?.go(link.camera);
    if (link.lang && link.lang !== lang) this.#speak(link.lang);
    const shown = card.kind === "feature" ? card : null;
    if (!link.feature) this.#store.set({ card: { kind: "closed" } });
    else if (shown?.layer !== link.feature.layer || shown.id !== link.feature.id) {
      void openFeature(this.#api, this.#store, link.feature, []).then(() => this.#reveal());
    }
  }

  // Deeds.

  readonly #headerDeeds = {
    language: (lang: Lang) => {
      this.#speak(lang);
      this.#write("push");
    },
    togglePanel: () => this.#store.set({ panelOpen: !this.#store.get().panelOpen }),
  };

  readonly #panelDeeds = {
    toggle: (layer: string, visible: boolean) => {
      const shown = this.#visible(this.#store.get());
      const ids = (here(this.#store.get().collections) ?? []).map(({ id }) => id);
      const wanted = ids.filter((id) => (id === layer ? visible : shown.has(id)));
      this.#store.set({ wanted });
      this.#write("push");
    },
    coverage: (layer: string | null) => {
      this.#store.set({ coverage: layer });
      this.#write("push");
    },
    zoomTo: (layer: string) => {
      const bbox = collectionOf(this.#store.get(), layer)?.extent?.spatial.bbox[0];
      if (bbox) this.#view?.fit(bbox);
      this.#store.set({ panelOpen: false });
    },
    closePanel: () => this.#store.set({ panelOpen: false }),
    retry: () => {
      this.#store.set({ landing: { state: "waiting" }, collections: { state: "waiting" } });
      void this.#load();
    },
  };

  readonly #cardDeeds = {
    close: () => this.#closeCard(),
    open: (hit: Hit) => {
      const { card } = this.#store.get();
      this.#openHit(hit, card.kind === "choice" ? card.hits : []);
    },
    back: () => {
      const { card } = this.#store.get();
      if (card.kind === "feature") this.#offer(card.among);
    },
    retry: () => {
      const { card } = this.#store.get();
      if (card.kind === "feature") void openFeature(this.#api, this.#store, card, card.among);
    },
  };

  readonly #chromeDeeds = {
    zoom: (steps: number) => this.#view?.zoomBy(steps),
    district: () => {
      const bbox = this.#district();
      if (bbox) this.#view?.fit(bbox);
    },
    retry: () => void this.#loadStyle(),
    dismiss: (note: State["notes"][number]) =>
      this.#store.set({ notes: this.#store.get().notes.filter((other) => other !== note) }),
  };

  #speak(lang: Lang): void {
    this.#store.set({ lang, schemas: new Map() });
    const { card } = this.#store.get();
    const layers = card.kind === "choice" ? card.hits.map(({ layer }) => layer) : [];
    if (card.kind === "feature") layers.push(card.layer);
    loadSchemas(this.#api, this.#store, layers);
    void loadMap(this.#api, this.#store);
  }

  #picked(choice: Choice): void {
    this.#store.set({ panelOpen: false });
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
    this.#focusCard();
    this.#write("push");
  }

  #openHit(hit: Hit, among: Hit[]): void {
    const opened = openFeature(this.#api, this.#store, hit, among);
    this.#focusCard();
    this.#write("push");
    void opened.then(() => this.#reveal());
  }

  /** Moves the map if the card lies over what it tells about. */
  #reveal(): void {
    const { card } = this.#store.get();
    const item = card.kind === "feature" ? here(card.item) : null;
    if (item?.geometry?.type !== "Point") return;
    const [lon, lat] = item.geometry.coordinates;
    const { clientWidth: width, clientHeight: height } = this.#frame.card;
    const sheet = width >= this.#frame.map.clientWidth;
    if (lon === undefined || lat === undefined) return;
    this.#view?.reveal(
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
    const { card, panelOpen } = this.#store.get();
    if (card.kind !== "closed") this.#closeCard();
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

/** Whole zoom: what "zoom in to see it" depends on. */
function zoomStep({ camera }: State): number {
  return Math.floor(camera?.zoom ?? 0);
}

function sameClosed(now: State, before: State | null): boolean {
  return now.card.kind === "closed" && before?.card.kind === "closed";
}
