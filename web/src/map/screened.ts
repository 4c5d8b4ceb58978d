// A screened parcel on the map: its outline, the rings around it, and numbered marks on what was found.
import type { Feature, Geometry } from "geojson";
import type { GeoJSONSource, Map as MapLibreMap, PointLike } from "maplibre-gl";
import type { LonLat } from "./datum";
import { paint } from "./repaint";

/** Something found: its number in the list, and whether a rule speaks of it. */
export interface Mark {
  number: number;
  ruled: boolean;
  at: LonLat;
  geometry: Geometry;
}

export interface ScreenedDrawing {
  parcel: Geometry | null;
  /** Outlines, the outermost last. */
  rings: readonly Geometry[];
  marks: readonly Mark[];
}

export interface ScreenedInk {
  selection: string;
  halo: string;
}

const SOURCE = "onemap-screened";
const PIXELS = 2;
const SIZE = 24;

export class Screened {
  readonly #map: MapLibreMap;
  #ink: ScreenedInk;
  #drawing: ScreenedDrawing = { parcel: null, rings: [], marks: [] };

  constructor(map: MapLibreMap, ink: ScreenedInk) {
    this.#map = map;
    this.#ink = ink;
    addLayers(map, ink);
  }

  draw(drawing: ScreenedDrawing): void {
    this.#drawing = drawing;
    for (const mark of drawing.marks) this.#image(mark);
    const feature = (geometry: Geometry, properties: Feature["properties"]): Feature => ({
      type: "Feature",
      geometry,
      properties,
    });
    const features = [
      ...(drawing.parcel ? [feature(drawing.parcel, { part: "parcel" })] : []),
      ...drawing.rings.map((ring) => feature(ring, { part: "ring" })),
      ...drawing.marks.flatMap((mark) => [
        ...(mark.geometry.type.endsWith("Point")
          ? []
          : [feature(mark.geometry, { part: "found", number: mark.number })]),
        feature(
          { type: "Point", coordinates: mark.at },
          { part: "mark", number: mark.number, image: nameOf(mark) },
        ),
      ]),
    ];
    this.#map.getSource<GeoJSONSource>(SOURCE)?.setData({ type: "FeatureCollection", features });
  }

  /** The number of the mark at a place of the screen; null: there is none. */
  at(point: PointLike): number | null {
    const [mark] = this.#map.queryRenderedFeatures(point, { layers: [`${SOURCE}-mark`] });
    const number: unknown = mark?.properties.number;
    return typeof number === "number" ? number : null;
  }

  /** Draws in other ink. */
  dip(ink: ScreenedInk): void {
    this.#ink = ink;
    const set = (layer: string, name: string, value: string) =>
      paint(this.#map, `${SOURCE}-${layer}`, name, value);
    for (const layer of ["halo", "found-halo"]) set(layer, "line-color", ink.halo);
    for (const layer of ["ring", "line", "found"]) set(layer, "line-color", ink.selection);
    set("fill", "fill-color", ink.selection);
    for (const mark of this.#drawing.marks) this.#image(mark);
  }

  remove(): void {
    for (const { id } of this.#map.getStyle().layers) {
      if (id.startsWith(SOURCE)) this.#map.removeLayer(id);
    }
    this.#map.removeSource(SOURCE);
  }

  /** The picture of a mark: a disc with its number, hollow where no rule speaks of it. */
  #image(mark: Mark): void {
    const picture = disc(mark, this.#ink);
    const name = nameOf(mark);
    if (!picture) return;
    if (this.#map.hasImage(name)) this.#map.updateImage(name, picture);
    else this.#map.addImage(name, picture, { pixelRatio: PIXELS });
  }
}

function nameOf({ number, ruled }: Mark): string {
  return `onemap-mark-${number}-${ruled ? "ruled" : "noted"}`;
}

function disc({ number, ruled }: Mark, { selection, halo }: ScreenedInk): ImageData | null {
  const canvas = document.createElement("canvas");
  const side = SIZE * PIXELS;
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.beginPath();
  pen.arc(side / 2, side / 2, side / 2 - 4, 0, 2 * Math.PI);
  pen.fillStyle = ruled ? selection : halo;
  pen.fill();
  pen.lineWidth = 4;
  pen.strokeStyle = ruled ? halo : selection;
  pen.stroke();
  pen.fillStyle = ruled ? halo : selection;
  pen.font = `600 ${(number > 99 ? 8 : 11) * PIXELS}px sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(String(number), side / 2, side / 2 + 1);
  return pen.getImageData(0, 0, side, side);
}

function addLayers(map: MapLibreMap, { selection, halo }: ScreenedInk): void {
  map.addSource(SOURCE, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  const only = (part: string) => ["==", ["get", "part"], part] as ["==", ["get", "part"], string];
  map.addLayer({
    id: `${SOURCE}-fill`,
    type: "fill",
    source: SOURCE,
    filter: only("parcel"),
    paint: { "fill-color": selection, "fill-opacity": 0.12 },
  });
  for (const [id, part, color, width, dash] of [
    ["ring", "ring", selection, 1.5, [4, 3]],
    ["found-halo", "found", halo, 4, null],
    ["found", "found", selection, 1.5, null],
    ["halo", "parcel", halo, 7, null],
    ["line", "parcel", selection, 3, null],
  ] as const) {
    map.addLayer({
      id: `${SOURCE}-${id}`,
      type: "line",
      source: SOURCE,
      filter: only(part),
      layout: { "line-join": "round", "line-cap": dash ? "butt" : "round" },
      paint: {
        "line-color": color,
        "line-width": width,
        ...(dash ? { "line-dasharray": [...dash] } : {}),
      },
    });
  }
  map.addLayer({
    id: `${SOURCE}-mark`,
    type: "symbol",
    source: SOURCE,
    filter: only("mark"),
    layout: {
      "icon-image": ["get", "image"],
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
      // The nearest lies on top.
      "symbol-sort-key": ["-", 0, ["get", "number"]],
    },
  });
}
