// Measuring on the map: corners that a person sets, what they enclose drawn, its measure told.
import type { Feature, Geometry } from "geojson";
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibreMap } from "maplibre-gl";
import { areaM2, crossesItself, lengthM, type Place } from "./measure";

export type RulerKind = "length" | "area";

/** What has been measured so far. */
export interface Measured {
  kind: RulerKind;
  corners: number;
  places: readonly Place[];
  /** Of the line; of an area its perimeter. */
  lengthM: number;
  /** Null for a line, below three corners, or where the outline crosses itself. */
  areaM2: number | null;
  crosses: boolean;
}

export interface RulerInk {
  selection: string;
  halo: string;
}

const SOURCE = "onemap-ruler";
const IS_POINT: ExpressionSpecification = ["==", ["geometry-type"], "Point"];

export class Ruler {
  readonly #map: MapLibreMap;
  readonly #tell: (measured: Measured) => void;
  readonly #kind: RulerKind;
  #corners: Place[] = [];
  #next: Place | null = null;

  constructor(
    map: MapLibreMap,
    ink: RulerInk,
    kind: RulerKind,
    tell: (measured: Measured) => void,
  ) {
    this.#map = map;
    this.#kind = kind;
    this.#tell = tell;
    addLayers(map, ink);
    map.getCanvas().style.cursor = "crosshair";
    this.#changed();
  }

  add(place: Place): void {
    this.#corners.push(place);
    this.#changed();
  }

  /** Takes the last corner away. */
  undo(): void {
    this.#corners.pop();
    this.#changed();
  }

  /** Where the next corner would be; null: nobody points at the map. */
  hover(place: Place | null): void {
    this.#next = place;
    this.#draw();
  }

  remove(): void {
    for (const { id } of this.#map.getStyle().layers) {
      if (id.startsWith(SOURCE)) this.#map.removeLayer(id);
    }
    this.#map.removeSource(SOURCE);
    this.#map.getCanvas().style.cursor = "";
  }

  #changed(): void {
    this.#draw();
    const ring = this.#corners;
    const area = this.#kind === "area";
    const crosses = area && crossesItself(ring);
    const line = area && ring[0] && ring.length > 2 ? [...ring, ring[0]] : ring;
    this.#tell({
      kind: this.#kind,
      corners: ring.length,
      places: [...ring],
      lengthM: lengthM(line),
      areaM2: area && ring.length > 2 && !crosses ? areaM2(ring) : null,
      crosses,
    });
  }

  #draw(): void {
    const line = this.#next ? [...this.#corners, this.#next] : this.#corners;
    const [first] = line;
    const shapes: Geometry[] = this.#corners.map((coordinates) => ({ type: "Point", coordinates }));
    if (this.#kind === "area" && first && line.length > 2) {
      shapes.push({ type: "Polygon", coordinates: [[...line, first]] });
    } else if (line.length > 1) shapes.push({ type: "LineString", coordinates: line });
    const features = shapes.map(
      (geometry): Feature => ({ type: "Feature", geometry, properties: {} }),
    );
    this.#map.getSource<GeoJSONSource>(SOURCE)?.setData({ type: "FeatureCollection", features });
  }
}

function addLayers(map: MapLibreMap, { selection, halo }: RulerInk): void {
  map.addSource(SOURCE, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  map.addLayer({
    id: `${SOURCE}-fill`,
    type: "fill",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": selection, "fill-opacity": 0.12 },
  });
  for (const [name, color, width] of [
    ["halo", halo, 6],
    ["line", selection, 2.5],
  ] as const) {
    map.addLayer({
      id: `${SOURCE}-${name}`,
      type: "line",
      source: SOURCE,
      filter: ["!", IS_POINT],
      layout: { "line-join": "round", "line-cap": "round" },
      paint: { "line-color": color, "line-width": width },
    });
  }
  map.addLayer({
    id: `${SOURCE}-corner`,
    type: "circle",
    source: SOURCE,
    filter: IS_POINT,
    paint: {
      "circle-radius": 5,
      "circle-color": halo,
      "circle-stroke-color": selection,
      "circle-stroke-width": 2.5,
    },
  });
}
