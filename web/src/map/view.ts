// The map itself: MapLibre behind the few verbs the page needs.
import type { Feature, GeoJsonProperties, Geometry } from "geojson";
import {
  type ExpressionSpecification,
  type GeoJSONSource,
  type MapGeoJSONFeature,
  Map as MapLibreMap,
  ScaleControl,
  type StyleSpecification,
  type VectorTileSource,
} from "maplibre-gl";
import "./worker";
import type { Bbox, Coverage } from "../api/types";
import { Comparison } from "./compare";
import { faded, type Owned, stacked } from "./dress";
import { hatching, unsurveyed } from "./hatch";
import { type Choice, pick, type Rendered } from "./hits";
import { reachOf } from "./reach";
import { paint, repaint } from "./repaint";
import { type Measured, Ruler, type RulerKind } from "./ruler";
import { Screened, type ScreenedDrawing } from "./screened";
import { type DrawnLayer, drawnLayers } from "./style";

/** Where the map looks. */
export interface Camera {
  zoom: number;
  lon: number;
  lat: number;
}

/** What the page wants to hear of. */
export interface MapEvents {
  moved(camera: Camera): void;
  picked(choice: Choice): void;
  /** Data of a layer could not be had. */
  failed(layer: string): void;
  /** Data of a layer have come. */
  arrived(layer: string): void;
}

export interface MapSettings {
  container: HTMLElement;
  style: StyleSpecification;
  camera: Camera | null;
  bbox: Bbox | null;
  ink: Ink;
  fontFamily: string;
  /** On a page that scrolls: what to say to those who scroll over the map. It then zooms with Ctrl. */
  scrolling?: ScrollWords;
}

/** How to zoom and move a map on a page that scrolls: by wheel, on a Mac, by fingers. */
export interface ScrollWords {
  wheel: string;
  mac: string;
  fingers: string;
}

/** The map as it stands, for a picture of it. */
export interface Printed {
  style: StyleSpecification;
  camera: Camera;
  bounds: Bbox;
  fontFamily: string;
}

/** Colours of what the page itself draws on the map. */
export interface Ink {
  selection: string;
  halo: string;
  hatch: string;
}

/** What a click means while a place is wanted: the place itself, or a mark of what was found there. */
export type Aimed = { at: [lon: number, lat: number] } | { mark: number };

type GeoFeature = Feature<Geometry, GeoJsonProperties>;

const NEAR_PX = 6;
const SELECTION = "onemap-selection";
const UNSURVEYED = "onemap-unsurveyed";
const NOTHING: GeoFeature[] = [];
const IS_POINT: ExpressionSpecification = [
  "in",
  ["geometry-type"],
  ["literal", ["Point", "MultiPoint"]],
];
const IS_REACH: ExpressionSpecification = ["has", "reach"];

export class MapView {
  readonly #map: MapLibreMap;
  #drawn: ReadonlyMap<string, DrawnLayer[]>;
  readonly #owner = new Map<string, string>();
  readonly #shape = new Map<string, Rendered["shape"]>();
  readonly #ready: Promise<void>;
  #loaded = false;
  /** Style layers from the lowest up, as their style has them. */
  readonly #first: readonly string[];
  readonly #dimmed = new Map<string, number>();
  #visible: ReadonlySet<string> = new Set();
  #coverage: Coverage | null = null;
  #ruler: Ruler | null = null;
  #comparison: Comparison | null = null;
  #screened: Screened | null = null;
  #aimed: ((aimed: Aimed) => void) | null = null;
  #ink: Ink;
  readonly #fontFamily: string;

  /** Throws where the browser cannot draw (no WebGL). */
  constructor(settings: MapSettings, events: MapEvents) {
    const { container, style, camera, bbox, ink, fontFamily, scrolling } = settings;
    this.#ink = ink;
    this.#fontFamily = fontFamily;
    this.#drawn = drawnLayers(style);
    this.#first = style.layers.map(({ id }) => id);
    for (const [owner, layers] of this.#drawn) {
      for (const layer of layers) {
        this.#owner.set(layer.id, owner);
        this.#shape.set(layer.id, shapeOf(layers));
      }
    }
    this.#map = new MapLibreMap({
      container,
      style,
      ...(camera ? { center: [camera.lon, camera.lat], zoom: camera.zoom } : {}),
      ...(!camera && bbox ? { bounds: bbox, fitBoundsOptions: { padding: 32 } } : {}),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 22,
      localIdeographFontFamily: fontFamily,
      ...(scrolling ? cooperative(scrolling) : {}),
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#map.addControl(new ScaleControl({ maxWidth: 96, unit: "metric" }), "bottom-left");
    this.#ready = new Promise((resolve) => {
      this.#map.once("load", () => {
        this.#addOwnLayers(this.#ink);
        this.#loaded = true;
        resolve();
      });
    });
    this.#listen(events);
  }

  /** The style layers of each OneMap layer. */
  get drawn(): ReadonlyMap<string, DrawnLayer[]> {
    return this.#drawn;
  }

  /** Once the style is there and the map can be drawn on. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  get camera(): Camera {
    const { lng, lat } = this.#map.getCenter();
    return { zoom: this.#map.getZoom(), lon: lng, lat };
  }

  /** Gives back what the map holds. It is of no use afterwards. */
  remove(): void {
    this.#ruler?.remove();
    this.#comparison?.remove();
    this.#map.remove();
  }

  /** Names the map for those who hear it. */
  name(label: string): void {
    this.#map.getCanvas().setAttribute("aria-label", label);
  }

  /** Draws the same layers in other colours. */
  wear(style: StyleSpecification, ink: Ink): void {
    this.#drawn = drawnLayers(style);
    this.#ink = ink;
    this.#once(() => {
      repaint(this.#map, style);
      this.#comparison?.wear(style);
      this.#screened?.dip(ink);
      this.#dip(ink);
    });
  }

  /** Lays the layers over each other, those of each kind topmost first. */
  stack(order: readonly string[]): void {
    this.#once(() => {
      const layers: Owned[] = [...this.#drawn].flatMap(([owner, drawn]) =>
        drawn.map(({ id, type }) => ({ id, type, owner })),
      );
      const now = this.#map.getLayersOrder().filter((id) => this.#owner.has(id));
      const place = new Map(this.#first.map((id, i) => [id, i]));
      layers.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
      const wanted = stacked(layers, order).map(({ id }) => id);
      if (wanted.every((id, i) => id === now[i])) return;
      for (const id of wanted) this.#map.moveLayer(id, UNSURVEYED);
    });
  }

  /** Draws layers at a share (percent) of what their styles say; those not named fully. */
  fade(opacity: ReadonlyMap<string, number>): void {
    this.#once(() => {
      for (const [owner, drawn] of this.#drawn) {
        const percent = opacity.get(owner) ?? 100;
        if (percent === (this.#dimmed.get(owner) ?? 100)) continue;
        this.#dimmed.set(owner, percent);
        for (const layer of drawn) {
          for (const [name, value] of faded(layer, percent / 100)) {
            paint(this.#map, layer.id, name, value);
          }
        }
      }
    });
  }

  show(layers: ReadonlySet<string>): void {
    this.#visible = layers;
    this.#once(() => {
      for (const [style, owner] of this.#owner) {
        const visibility = this.#visible.has(owner) ? "visible" : "none";
        if (this.#map.getLayoutProperty(style, "visibility") !== visibility) {
          this.#map.setLayoutProperty(style, "visibility", visibility);
        }
      }
    });
  }

  /** Marks one feature, or none; of a generalised one also within how many metres the true place lies. */
  select(geometry: Geometry | null, metres: number | null = null): void {
    const reach = geometry && reachOf(geometry, metres);
    const feature = (of: Geometry, properties: GeoFeature["properties"]) =>
      ({ type: "Feature", geometry: of, properties }) satisfies GeoFeature;
    const features = [
      ...(geometry ? [feature(geometry, {})] : NOTHING),
      ...(reach ? [feature(reach, { reach: true })] : NOTHING),
    ];
    void this.#ready.then(() => this.#put(SELECTION, features));
  }

  /** Hatches what lies outside a coverage, or nothing. */
  hatchOutside(coverage: Coverage | null): void {
    if (coverage === this.#coverage) return;
    this.#coverage = coverage;
    void this.#ready.then(async () => {
      const outside = coverage ? [await unsurveyed(coverage)] : NOTHING;
      if (coverage === this.#coverage) this.#put(UNSURVEYED, outside);
    });
  }

  /** Shows a box whole, beside what covers the right of the map and above what covers its foot (pixels). */
  fit(bbox: Bbox, covered = 0, below = 0): void {
    const { clientWidth } = this.#map.getContainer();
    const right = covered < clientWidth / 2 ? 32 + covered : 32;
    // Where a panel lies over the map, its buttons do, too.
    const left = covered > 0 || below > 0 ? 72 : 32;
    const padding = { top: 32, bottom: 32 + below, left, right };
    this.#map.fitBounds(bbox, { padding, maxZoom: 18 });
  }

  go(camera: Camera): void {
    this.#map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
  }

  /** Goes there so that the way can be seen; at once for those who want no motion. */
  fly(camera: Camera): void {
    this.#map.flyTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
  }

  zoomBy(steps: number): void {
    this.#map.easeTo({ zoom: this.#map.getZoom() + steps });
  }

  /** West, south, east, north of what the map shows. */
  get bounds(): Bbox {
    const box = this.#map.getBounds();
    return [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
  }

  /** The style as it is drawn now, without what the page itself draws on the map. */
  get styleNow(): StyleSpecification {
    const style = this.#map.getStyle();
    const own = (id: string) => id.startsWith("onemap-");
    return {
      ...style,
      layers: style.layers.filter(({ id }) => !own(id)),
      sources: Object.fromEntries(Object.entries(style.sources).filter(([id]) => !own(id))),
    };
  }

  /** What a picture of the map needs. */
  get printed(): Printed {
    return {
      style: this.styleNow,
      camera: this.camera,
      bounds: this.bounds,
      fontFamily: this.#fontFamily,
    };
  }

  /** Measures with the clicks to come, until told otherwise (null). */
  measure(kind: RulerKind | null, tell: (measured: Measured) => void = () => {}): void {
    this.#ruler?.remove();
    this.#ruler = null;
    if (kind) void this.#ready.then(() => this.#rule(kind, tell));
  }

  #rule(kind: RulerKind, tell: (measured: Measured) => void): void {
    this.#ruler?.remove();
    this.#ruler = new Ruler(this.#map, this.#ink, kind, tell);
  }

  /** Tells the places of the clicks to come, instead of what lies there, until told otherwise (null). */
  aim(tell: ((aimed: Aimed) => void) | null): void {
    this.#aimed = tell;
    this.#map.getCanvas().style.cursor = tell ? "crosshair" : "";
  }

  /** Draws a screened parcel; null: none any more. */
  screened(drawing: ScreenedDrawing | null): void {
    void this.#ready.then(() => {
      if (drawing) {
        this.#screened ??= new Screened(this.#map, this.#ink);
        this.#screened.draw(drawing);
      } else {
        this.#screened?.remove();
        this.#screened = null;
      }
    });
  }

  /** Takes the last measured corner away. */
  undo(): void {
    this.#ruler?.undo();
  }

  /** Shows what was so then (null: at all times), in the layers whose features have a time. */
  time(datetime: string | null, layers: readonly string[]): void {
    void this.#ready.then(() => {
      for (const id of layers) {
        const source = this.#map.getSource<VectorTileSource>(id);
        if (!source?.url) continue;
        const url = new URL(source.url);
        if (datetime === null) url.searchParams.delete("datetime");
        else url.searchParams.set("datetime", datetime);
        if (url.href !== source.url) source.setUrl(url.href);
      }
    });
  }

  /** Lays a second map with other layers over the part right of `split` (0 to 1); null: none. */
  compare(layers: ReadonlySet<string> | null, split: number): void {
    if (!layers) {
      this.#comparison?.remove();
      this.#comparison = null;
      return;
    }
    void this.#ready.then(() => {
      this.#comparison ??= new Comparison(this.#map, this.styleNow, this.#fontFamily);
      this.#comparison.show(layers, this.#owner);
      this.#comparison.split(split);
    });
  }

  /** Moves the map just enough that a place is not under what covers its edges (pixels). */
  reveal([lon, lat]: [number, number], covered: { right: number; bottom: number }): void {
    const at = this.#map.project([lon, lat]);
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer();
    const margin = 32;
    const right = Math.max(0, at.x - (width - covered.right - margin));
    const left = Math.min(0, at.x - margin);
    const down = Math.max(0, at.y - (height - covered.bottom - margin));
    const up = Math.min(0, at.y - margin);
    if (right || left || down || up) this.#map.panBy([right || left, down || up]);
  }

  /** Brings a place into the middle of what is not covered (pixels), unless it can be seen well there. */
  centre(place: [number, number], { right, bottom }: { right: number; bottom: number }): void {
    const { x, y } = this.#map.project(place);
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer();
    const margin = 72;
    const across = x > margin && x < width - right - margin;
    if (across && y > margin && y < height - bottom - margin) return;
    this.#map.panTo(place, { offset: [-right / 2, -bottom / 2] });
  }

  /** What is in the middle of the map, as if clicked: for those who use the keyboard. */
  pickCentre(): Choice {
    const { clientWidth, clientHeight } = this.#map.getContainer();
    return this.#pickAt(clientWidth / 2, clientHeight / 2);
  }

  focus(): void {
    this.#map.getCanvas().focus({ preventScroll: true });
  }

  #listen(events: MapEvents): void {
    const map = this.#map;
    map.on("moveend", () => events.moved(this.camera));
    // Says in the document whether the map still works on something: for tests and style sheets.
    const { dataset } = map.getContainer();
    map.on("render", () => {
      dataset.state = "busy";
    });
    map.on("idle", () => {
      dataset.state = "idle";
    });
    map.on("click", ({ point, lngLat }) => {
      if (this.#ruler) {
        this.#ruler.add([lngLat.lng, lngLat.lat]);
        return;
      }
      if (this.#aimed) {
        const mark = this.#screened?.at(point) ?? null;
        this.#aimed(mark === null ? { at: [lngLat.lng, lngLat.lat] } : { mark });
        return;
      }
      const choice = this.#pickAt(point.x, point.y);
      if (choice.kind === "cluster") {
        map.easeTo({ center: choice.at, zoom: Math.min(map.getZoom() + 2, 20) });
      }
      events.picked(choice);
    });
    map.on("mousemove", ({ point, lngLat }) => {
      if (this.#ruler) {
        this.#ruler.hover([lngLat.lng, lngLat.lat]);
        return;
      }
      if (this.#aimed) {
        map.getCanvas().style.cursor = this.#screened?.at(point) ? "pointer" : "crosshair";
        return;
      }
      const over = this.#pickAt(point.x, point.y).kind !== "nothing";
      map.getCanvas().style.cursor = over ? "pointer" : "";
    });
    map.on("error", (event) => {
      const source = "sourceId" in event ? event.sourceId : undefined;
      if (typeof source === "string") events.failed(source);
    });
    map.on("sourcedata", ({ sourceId, tile }) => {
      if (tile) events.arrived(sourceId);
    });
    map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key === "Backspace") this.#ruler?.undo();
      if (event.key !== "Enter") return;
      // Or the same key press would also click what the answer moves the focus to.
      event.preventDefault();
      const { lon, lat } = this.camera;
      if (this.#ruler) this.#ruler.add([lon, lat]);
      else if (this.#aimed) this.#aimed({ at: [lon, lat] });
      else events.picked(this.pickCentre());
    });
  }

  #pickAt(x: number, y: number): Choice {
    // Right of the line what is clicked is what is seen there; layers hidden in it give nothing.
    const second = this.#comparison?.over(x) ?? null;
    const map = second ?? this.#map;
    const layers = [...this.#owner]
      .filter(([style, owner]) => (second || this.#visible.has(owner)) && map.getLayer(style))
      .map(([style]) => style);
    if (layers.length === 0) return { kind: "nothing" };
    const exact = new Set(map.queryRenderedFeatures([x, y], { layers }).map((f) => this.#key(f)));
    const near = map.queryRenderedFeatures(
      [
        [x - NEAR_PX, y - NEAR_PX],
        [x + NEAR_PX, y + NEAR_PX],
      ],
      { layers },
    );
    return pick(near.map((f) => this.#rendered(f, exact.has(this.#key(f)))));
  }

  #key(feature: MapGeoJSONFeature): string {
    return `${feature.layer.id}/${feature.id}`;
  }

  #rendered(feature: MapGeoJSONFeature, exact: boolean): Rendered {
    const { geometry } = feature;
    const [lon, lat] = geometry.type === "Point" ? geometry.coordinates : [];
    return {
      owner: this.#owner.get(feature.layer.id) ?? feature.layer.id,
      shape: this.#shape.get(feature.layer.id) ?? "polygon",
      id: feature.id,
      properties: feature.properties,
      at: lon === undefined || lat === undefined ? null : [lon, lat],
      exact,
    };
  }

  /** At once, or as soon as there is something drawn. */
  #once(deed: () => void): void {
    if (this.#loaded) deed();
    else void this.#ready.then(deed);
  }

  /** Draws what is the page's own in other ink. */
  #dip({ selection, halo, hatch }: Ink): void {
    const set = (layer: string, name: string, value: string) =>
      paint(this.#map, layer, name, value);
    const pattern = hatching(hatch);
    if (pattern && this.#map.hasImage("onemap-hatch")) {
      this.#map.updateImage("onemap-hatch", pattern);
    }
    set(`${UNSURVEYED}-edge`, "line-color", hatch);
    set(`${SELECTION}-halo`, "line-color", halo);
    set(`${SELECTION}-line`, "line-color", selection);
    set(`${SELECTION}-reach`, "line-color", selection);
    set(`${SELECTION}-point`, "circle-color", halo);
    set(`${SELECTION}-point`, "circle-stroke-color", selection);
  }

  #put(source: string, features: GeoFeature[]): void {
    const target = this.#map.getSource<GeoJSONSource>(source);
    target?.setData({ type: "FeatureCollection", features });
  }

  #addOwnLayers({ selection, halo, hatch }: Ink): void {
    const map = this.#map;
    const data = { type: "FeatureCollection" as const, features: NOTHING };
    map.addSource(SELECTION, { type: "geojson", data });
    map.addSource(UNSURVEYED, { type: "geojson", data });
    const pattern = hatching(hatch);
    if (pattern) {
      map.addImage("onemap-hatch", pattern, { pixelRatio: 2 });
      map.addLayer({
        id: UNSURVEYED,
        type: "fill",
        source: UNSURVEYED,
        paint: { "fill-pattern": "onemap-hatch" },
      });
      map.addLayer({
        id: `${UNSURVEYED}-edge`,
        type: "line",
        source: UNSURVEYED,
        paint: { "line-color": hatch, "line-width": 1.2 },
      });
    }
    for (const [id, color, width] of [
      ["halo", halo, 7],
      ["line", selection, 3],
    ] as const) {
      map.addLayer({
        id: `${SELECTION}-${id}`,
        type: "line",
        source: SELECTION,
        filter: ["all", ["!", IS_POINT], ["!", IS_REACH]],
        layout: { "line-join": "round", "line-cap": "round" },
        paint: { "line-color": color, "line-width": width },
      });
    }
    map.addLayer({
      id: `${SELECTION}-reach`,
      type: "line",
      source: SELECTION,
      filter: IS_REACH,
      paint: { "line-color": selection, "line-width": 1.5, "line-dasharray": [4, 3] },
    });
    map.addLayer({
      id: `${SELECTION}-point`,
      type: "circle",
      source: SELECTION,
      filter: IS_POINT,
      paint: {
        "circle-radius": 11,
        "circle-opacity": 0,
        "circle-color": halo,
        "circle-stroke-color": selection,
        "circle-stroke-width": 3,
      },
    });
  }
}

function cooperative({ wheel, mac, fingers }: ScrollWords) {
  const locale = {
    "CooperativeGesturesHandler.WindowsHelpText": wheel,
    "CooperativeGesturesHandler.MacHelpText": mac,
    "CooperativeGesturesHandler.MobileHelpText": fingers,
  };
  return { cooperativeGestures: true, locale };
}

/** By what a layer is hit: its areas if it fills any, else its points, else its lines. */
function shapeOf(layers: readonly DrawnLayer[]): Rendered["shape"] {
  const draws = (type: string) => layers.some((layer) => layer.type === type);
  if (draws("fill")) return "polygon";
  return draws("line") ? "line" : "point";
}
