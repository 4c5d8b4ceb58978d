// <one-map>: the map as an element of somebody else's page. What attributes, methods and events mean
// stands in docs/embedding.md.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { StyleSpecification } from "maplibre-gl";
import { type Api, connect } from "../api/client";
import { serverRoot } from "../api/root";
import type { Bbox, Collection, Item, Schema } from "../api/types";
import { boxIn, boxOf, inDatum } from "../map/box";
import { darkStyle } from "../map/dark";
import { toWgs84 } from "../map/datum";
import type { Choice, Hit } from "../map/hits";
import { type LegendGroup, legendOf } from "../map/legend";
import { showing, shownAtFirst, topmostFirst } from "../map/style";
import { type Camera, MapView } from "../map/view";
import { prepareWorker } from "../map/worker";
import { HTML_LANG } from "../text";
import { drawCard } from "./card";
import { drawControls, drawFoot, drawPanel } from "./chrome";
import type { Failure, WidgetEvents } from "./events";
import * as facts from "./facts";
import { Said } from "./said";
import * as read from "./settings";
import { STYLES } from "./styles";

type Phase = { kind: "waiting" } | { kind: "here" } | { kind: "failed"; words: string };

const CLOSED = { kind: "closed" } as const;
/** Where a point stands among its neighbours. */
const POINT_ZOOM = 15;
const NIGHT = matchMedia("(prefers-color-scheme: dark)");
const NO_LAYERS: ReadonlySet<string> = new Set();

export class OneMap extends Said {
  static override styles = STYLES;

  static override properties = {
    ...Said.properties,
    phase: { state: true },
    known: { state: true },
    card: { state: true },
    schemas: { state: true },
    wanted: { state: true },
    panelOpen: { state: true },
    unfolded: { state: true },
    note: { state: true },
    camera: { state: true },
  };

  declare protected phase: Phase;
  declare protected known: facts.Facts | null;
  declare protected card: facts.Card;
  declare protected schemas: ReadonlyMap<string, Schema>;
  /** The layers that were asked for; null: those the styles show at first. */
  declare protected wanted: readonly string[] | null;
  declare protected panelOpen: boolean;
  declare protected unfolded: ReadonlySet<string>;
  declare protected note: string | null;
  declare protected camera: Camera | null;

  #api: Api | null = null;
  #root = serverRoot;
  #view: MapView | null = null;
  /** The map's style by day. */
  #style: StyleSpecification | null = null;
  #legends = new Map<string, LegendGroup[]>();
  #broken = new Set<string>();
  /** Whether the page around knows that the map is there. */
  #told = false;
  /** Counts attempts, so that a late answer to an earlier one is let go. */
  #turn = 0;

  constructor() {
    super();
    this.#reset();
    this.panelOpen = false;
    this.unfolded = new Set();
  }

  // For the page around it.

  /** Shows these layers and no others; null: those that the map shows at first. */
  setLayers(layers: readonly string[] | null): void {
    this.wanted = layers ? read.readLayers(layers.join(",")) : null;
    this.#checkLayers();
    this.#applyLayers();
  }

  /** Goes to a place, or until a box is in sight. */
  flyTo(to: { center?: readonly [number, number]; zoom?: number; bbox?: Bbox }): void {
    const bbox = read.readBbox(to.bbox?.join(","));
    if (bbox) this.#view?.fit(bbox);
    const at = this.#view?.camera;
    const [lon, lat] = to.center ?? [at?.lon, at?.lat];
    const camera = read.readCamera(`${lon},${lat}`, String(to.zoom ?? at?.zoom ?? 12));
    if (!bbox && camera) this.#view?.fly(camera);
  }

  /** Opens the card of a feature; null closes it. Whether there is such a feature. */
  async select(layer: string | null, id?: number): Promise<boolean> {
    if (layer === null || id === undefined) {
      this.#close(false);
      return layer === null;
    }
    return this.#open({ layer, id }, [], false);
  }

  // Life.

  override connectedCallback(): void {
    super.connectedCallback();
    NIGHT.addEventListener("change", this.#wear);
    if (this.hasUpdated) void this.#boot();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    NIGHT.removeEventListener("change", this.#wear);
    this.#reset();
  }

  protected override updated(changed: PropertyValues): void {
    const any = (...names: string[]) => names.some((name) => changed.has(name));
    if (changed.has("card")) this.#shown(changed.get("card") as facts.Card | undefined);
    for (const side of ["width", "height"] as const) {
      if (any(side)) this.style[side] = Number(this[side]) > 0 ? `${this[side]}px` : "";
    }
    const early = any("time") && this.phase.kind !== "here";
    if (this.#turn === 0 || early || any("server", "datum")) {
      void this.#boot();
      return;
    }
    if (any("layers")) {
      this.wanted = read.readLayers(this.layers);
      this.#checkLayers();
    }
    if (any("layers", "wanted")) this.#applyLayers();
    if (this.phase.kind !== "here") return;
    if (any("time")) this.#view?.time(this.timeSaid, facts.timed(this.#drawable()));
    if (any("theme")) this.#wear();
    if (any("language")) void this.#speak();
    if (any("center", "zoom", "bbox")) this.#goWhereSaid();
    if (any("feature")) void this.#openSaid();
  }

  #reset(): void {
    this.#turn += this.#turn > 0 ? 1 : 0;
    this.#view?.remove();
    this.#view = null;
    this.#api = null;
    this.#broken.clear();
    this.#told = false;
    this.#style = null;
    this.#legends.clear();
    this.phase = { kind: "waiting" };
    this.known = null;
    this.card = CLOSED;
    this.schemas = new Map();
    this.note = null;
    this.camera = null;
  }

  async #boot(): Promise<void> {
    this.#reset();
    this.#turn += 1;
    const turn = this.#turn;
    this.#root = read.readServer(this.server, document.baseURI) ?? serverRoot;
    const api = connect(this.#root);
    this.#api = api;
    this.wanted = read.readLayers(this.layers);
    const view = { datum: this.datumSaid, time: this.timeSaid };
    try {
      const [known, style] = await Promise.all([
        facts.readFacts(api, this.spoken),
        facts.readStyle(api, this.spoken, view),
        prepareWorker(),
        this.updateComplete,
      ]);
      if (turn !== this.#turn) return;
      this.known = known;
      this.#draw(style);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#fail("server", facts.errorWords(error, this.tongue.say));
    }
  }

  #draw(style: StyleSpecification): void {
    const container = this.renderRoot.querySelector<HTMLElement>(".map-canvas");
    if (!container) return;
    const { say } = this.tongue;
    const scrolling = {
      wheel: say("widget:wheel"),
      mac: say("widget:mac"),
      fingers: say("widget:fingers"),
    };
    const { camera, bbox } = this.placeSaid;
    const { ink, fontFamily, dark } = this.worn;
    this.#style = style;
    const worn = showing(dark ? darkStyle(style) : style, this.#visible());
    try {
      this.#view = new MapView(
        { container, style: worn, camera, bbox: bbox ?? this.#home(), scrolling, ink, fontFamily },
        {
          moved: (moved) => this.#moved(moved),
          picked: (choice) => this.#picked(choice),
          failed: (layer) => this.#tilesFailed(layer),
          arrived: (layer) => this.#broken.delete(layer),
        },
      );
    } catch {
      this.#fail("webgl", say("map:no_webgl"));
      return;
    }
    this.#readLegends(this.#view);
    this.phase = { kind: "here" };
    this.camera = this.#view.camera;
    this.#name();
    this.#checkLayers();
    this.#applyLayers();
    const view = this.#view;
    void view.ready.then(() => {
      if (view !== this.#view) return;
      this.#told = true;
      this.#tell("one-map-ready", { ...facts.placeOf(view), layers: [...this.#visible()] });
      void this.#openSaid();
    });
  }

  #readLegends({ drawn }: MapView): void {
    this.#legends = new Map([...drawn].map(([id, layers]) => [id, legendOf(layers)]));
  }

  /** By day or by night, as the page around it is now. */
  readonly #wear = (): void => {
    if (!this.#view || !this.#style) return;
    const { ink, dark } = this.worn;
    this.#view.wear(dark ? darkStyle(this.#style) : this.#style, ink);
    this.#readLegends(this.#view);
    this.requestUpdate();
  };

  #fail(kind: Failure["kind"], words: string): void {
    this.phase = { kind: "failed", words };
    this.#tell("one-map-error", { kind, message: words, layer: null });
  }

  #tell<Name extends keyof WidgetEvents>(name: Name, detail: WidgetEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  // Where it looks and how it speaks.

  #goWhereSaid(): void {
    const { camera, bbox } = this.placeSaid;
    if (bbox) this.#view?.fit(bbox);
    else if (camera) this.#view?.go(camera);
  }

  #home(): Bbox | null {
    const district = this.known?.landing.onemap.district.bbox;
    return district ? boxIn(this.datumSaid, district) : null;
  }

  async #speak(): Promise<void> {
    const turn = this.#turn;
    if (!this.#api) return;
    try {
      const known = await facts.readFacts(this.#api, this.spoken);
      if (turn !== this.#turn) return;
      this.known = known;
      this.schemas = new Map();
      this.#name();
      this.#applyLayers();
      if (this.card.kind === "feature") await this.#readSchemas([this.card.layer]);
    } catch (error) {
      const message = facts.errorWords(error, this.tongue.say);
      this.#tell("one-map-error", { kind: "server", message, layer: null });
    }
  }

  #name(): void {
    const title = this.known?.landing.title ?? "OneMap";
    const { say } = this.tongue;
    this.#view?.name(`${say("widget:name", { title })} ${say("map:name")}`);
  }

  // Layers.

  #drawable(): readonly Collection[] {
    return (this.known?.collections ?? []).filter(facts.drawable);
  }

  #visible(): ReadonlySet<string> {
    if (!this.#style) return NO_LAYERS;
    const wanted = this.wanted ? new Set(this.wanted) : shownAtFirst(this.#style);
    const there = new Set(this.#drawable().map(({ id }) => id));
    return new Set(topmostFirst(this.#style).filter((id) => wanted.has(id) && there.has(id)));
  }

  /** What the panel lists: what the page chose, or everything. */
  #offered(): readonly Collection[] {
    const said = read.readLayers(this.layers);
    if (!said) return this.#drawable();
    const offered = new Set([...said, ...(this.wanted ?? [])]);
    return this.#drawable().filter(({ id }) => offered.has(id));
  }

  #checkLayers(): void {
    if (!this.known) return;
    const there = new Set(this.#drawable().map(({ id }) => id));
    const unknown = (this.wanted ?? []).filter((id) => !there.has(id));
    const { say } = this.tongue;
    const words = unknown.map((layer) => say("widget:unknown_layer", { layer }));
    this.note = words.length > 0 ? words.join(" ") : null;
    unknown.forEach((layer, place) => {
      this.#tell("one-map-error", { kind: "layer", message: words[place] ?? "", layer });
    });
  }

  #applyLayers(): void {
    const visible = this.#visible();
    this.#view?.show(visible);
    if (read.readControls(this.controls).has("legend")) void this.#readSchemas(visible);
    this.requestUpdate();
  }

  async #readSchemas(layers: Iterable<string>): Promise<void> {
    const api = this.#api;
    const lang = this.spoken;
    const missing = [...layers].filter((layer) => !this.schemas.has(layer));
    await Promise.all(
      missing.map(async (layer) => {
        // Without its schema a layer's values are shown as they are stored.
        const schema = await api?.schema(layer, lang).catch(() => null);
        if (schema && lang === this.spoken && api === this.#api) {
          this.schemas = new Map(this.schemas).set(layer, schema);
        }
      }),
    );
  }

  #tilesFailed(layer: string): void {
    if (this.#broken.has(layer)) return;
    this.#broken.add(layer);
    const message = this.tongue.say("layers:tiles_failed");
    this.#tell("one-map-error", { kind: "layer", message, layer });
  }

  // The map and its card.

  #moved(camera: Camera): void {
    this.camera = camera;
    if (this.#view && this.#told) this.#tell("one-map-move", facts.placeOf(this.#view));
  }

  #picked(choice: Choice): void {
    if (choice.kind === "cluster") return;
    if (choice.kind === "nothing") {
      const was = this.card.kind;
      this.#close(false);
      if (was === "closed") this.card = { kind: "nothing" };
      return;
    }
    const collections = this.known?.collections ?? [];
    const { hits, meant } = facts.withoutGround(choice.hits, choice.meant, collections);
    if (meant) void this.#open(meant, hits, true);
    else this.#offer(hits);
  }

  #offer(hits: readonly Hit[]): void {
    this.card = { kind: "choice", hits };
    void this.#readSchemas(hits.map(({ layer }) => layer));
    void this.#focusCard();
  }

  async #openSaid(): Promise<void> {
    const said = read.readFeature(this.feature);
    if (!said) return;
    const placed = this.placeSaid;
    const found = await this.#open(said, [], false);
    await this.updateComplete;
    if (!found || placed.camera || placed.bbox || this.card.kind !== "feature") return;
    const { item } = this.card;
    const at = facts.pointOf(item, this.datumSaid);
    const box = item.geometry && boxOf(inDatum(this.datumSaid, item.geometry));
    if (at) {
      this.#view?.go({ lon: at[0], lat: at[1], zoom: POINT_ZOOM });
      this.#reveal(item);
    } else if (box) this.#view?.fit(box);
  }

  async #open(
    { layer, id }: { layer: string; id: number },
    among: readonly Hit[],
    focus: boolean,
  ): Promise<boolean> {
    const api = this.#api;
    if (!api) return false;
    const waiting: facts.Card = { kind: "waiting", layer, id, among };
    this.card = waiting;
    if (focus) void this.#focusCard();
    try {
      const lang = this.spoken;
      const [item] = await Promise.all([api.item(layer, id, lang), this.#readSchemas([layer])]);
      if (this.card !== waiting) return false;
      this.card = { kind: "feature", layer, id, among, item };
      if (focus) void this.#focusCard();
      return true;
    } catch (error) {
      if (this.card !== waiting) return false;
      const words = facts.errorWords(error, this.tongue.say);
      this.card = { kind: "failed", layer, id, among, words };
      this.#tell("one-map-error", { kind: "server", message: words, layer });
      return false;
    }
  }

  #retry(): void {
    const { card } = this;
    if (card.kind === "failed") void this.#open(card, card.among, true);
  }

  #close(focus: boolean): void {
    this.card = CLOSED;
    if (focus) this.#view?.focus();
  }

  async #focusCard(): Promise<void> {
    await this.updateComplete;
    const card = this.renderRoot.querySelector(".card");
    const target =
      card?.querySelector<HTMLElement>("h2[tabindex]") ?? card?.querySelector("button");
    target?.focus({ preventScroll: true });
  }

  /** The card shows another thing: marks it on the map and says so. */
  #shown(before: facts.Card | undefined): void {
    const { card } = this;
    if (card.kind === "feature") {
      const geometry = card.item.geometry;
      const layer = this.#drawable().find(({ id }) => id === card.layer);
      const metres = layer?.onemap.form === "generalised" ? card.item.precision_m : null;
      this.#view?.select(geometry && inDatum(this.datumSaid, geometry), metres);
      this.#reveal(card.item);
      this.#tell("one-map-select", this.#selected(card));
    } else if (before?.kind === "feature") {
      this.#view?.select(null);
      if (card.kind !== "waiting") this.#tell("one-map-select", null);
    }
  }

  #selected({ layer, id, item }: Extract<facts.Card, { kind: "feature" }>) {
    const collection = this.#drawable().find((other) => other.id === layer) ?? null;
    const schema = this.schemas.get(layer) ?? null;
    const title = facts.titleOfFeature(collection, item, schema, this.spoken);
    return {
      layer,
      id,
      title,
      properties: item.properties,
      center: facts.pointOf(item, this.datumSaid),
    };
  }

  /** Moves the map if the card lies over what it tells about. */
  #reveal(item: Item): void {
    const at = facts.pointOf(item, this.datumSaid);
    const card = this.renderRoot.querySelector(".card");
    const map = this.renderRoot.querySelector(".map-canvas");
    if (!at || !card || !map) return;
    const { clientWidth: width, clientHeight: height } = card;
    const sheet = width > map.clientWidth * 0.8;
    this.#view?.reveal(at, sheet ? { right: 0, bottom: height } : { right: width, bottom: 0 });
  }

  /** The same view on the full map. */
  #fullMap(feature: read.FeatureRef | null): string {
    const hash: string[] = [];
    if (this.camera) {
      const [lon, lat] = toWgs84(this.datumSaid, [this.camera.lon, this.camera.lat]);
      hash.push(`map=${this.camera.zoom.toFixed(2)}/${lat.toFixed(5)}/${lon.toFixed(5)}`);
    }
    if (this.wanted) hash.push(`layers=${[...this.#visible()].join(",")}`);
    if (feature) hash.push(`feature=${feature.layer}/${feature.id}`);
    const time = this.timeSaid;
    if (time) hash.push(`time=${time}`);
    hash.push(`lang=${this.spoken}`);
    return `${this.#root}app#${hash.join("&")}`;
  }

  // Drawing.

  protected override render(): TemplateResult {
    const { say } = this.tongue;
    const visible = this.#visible();
    const fullMap = this.#fullMap(null);
    return html`<div class="frame" lang=${HTML_LANG[this.spoken]}>
      <div class="map">
        <div class="map-canvas"></div>
        <div class="cross" aria-hidden="true"></div>
        ${this.#state()} ${this.phase.kind === "here" ? this.#over(visible) : nothing}
      </div>
      ${this.note ? html`<p class="note" role="status">${this.note}</p>` : nothing}
      ${drawFoot({ facts: this.known, visible, fullMap, say })}
    </div>`;
  }

  #state(): TemplateResult | typeof nothing {
    const { say } = this.tongue;
    const { phase } = this;
    if (phase.kind === "here") return nothing;
    if (phase.kind === "waiting") {
      return html`<div class="map-state"><p role="status">${say("map:loading")}</p></div>`;
    }
    return html`<div class="map-state">
      <div class="state-failed" role="alert">
        <p>${phase.words}</p>
        <button type="button" class="button" @click=${() => void this.#boot()}
          >${say("page:try_again")}</button>
      </div>
      <slot></slot>
    </div>`;
  }

  #over(visible: ReadonlySet<string>): TemplateResult {
    const said = this.tongue;
    const controls = read.readControls(this.controls);
    const { card, schemas, unfolded } = this;
    const feature = "layer" in card ? { layer: card.layer, id: card.id } : null;
    return html`${drawControls(controls, this.panelOpen, said.say, this.#controlDeeds)}
      ${
        this.panelOpen
          ? drawPanel(
              {
                layers: this.#offered(),
                visible,
                legends: this.#legends,
                schemas,
                unfolded,
                controls,
                tongue: said,
              },
              this.#panelDeeds,
            )
          : nothing
      }
      ${drawCard(
        {
          card,
          collections: this.known?.collections ?? [],
          schemas,
          drawn: this.#view?.drawn ?? new Map(),
          tongue: said,
          fullMap: this.#fullMap(feature),
        },
        this.#cardDeeds,
      )}`;
  }

  readonly #controlDeeds = {
    zoom: (steps: number) => this.#view?.zoomBy(steps),
    home: () => {
      const { camera, bbox } = this.placeSaid;
      const home = bbox ?? this.#home();
      if (camera) this.#view?.fly(camera);
      else if (home) this.#view?.fit(home);
    },
    panel: (open: boolean) => {
      this.panelOpen = open;
      if (open) void this.#readSchemas(this.#visible());
    },
  };

  readonly #panelDeeds = {
    show: (layer: string, visible: boolean) => {
      const shown = this.#visible();
      const ids = this.#drawable().map(({ id }) => id);
      this.wanted = ids.filter((id) => (id === layer ? visible : shown.has(id)));
    },
    turn: (key: string) => {
      const unfolded = new Set(this.unfolded);
      if (!unfolded.delete(key)) unfolded.add(key);
      this.unfolded = unfolded;
    },
    close: () => {
      this.panelOpen = false;
      this.renderRoot.querySelector<HTMLElement>(".panel-toggle")?.focus({ preventScroll: true });
    },
  };

  readonly #cardDeeds = {
    close: () => this.#close(true),
    open: (hit: Hit, among: readonly Hit[]) => void this.#open(hit, among, true),
    offer: (hits: readonly Hit[]) => this.#offer(hits),
    retry: () => this.#retry(),
  };
}
