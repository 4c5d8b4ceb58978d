// A picture of the map for paper: drawn anew at paper's resolution, out of sight.
import { Map as MapLibreMap, type StyleSpecification } from "maplibre-gl";

export interface PictureRequest {
  style: StyleSpecification;
  /** Where the middle is, and at which zoom. */
  camera: { lon: number; lat: number; zoom: number };
  /** CSS pixels on the paper. */
  width: number;
  height: number;
  /** Dots for each CSS pixel: 3 is 288 an inch. */
  density: number;
  fontFamily: string;
}

const PATIENCE_MS = 30_000;

/** The picture as a `data:` address (PNG). Rejects where the browser cannot draw in time. */
export function picture(request: PictureRequest): Promise<string> {
  const { style, camera, width, height, density, fontFamily } = request;
  const container = document.createElement("div");
  container.className = "picture-room";
  container.setAttribute("aria-hidden", "true");
  container.style.width = `${width}px`;
  container.style.height = `${height}px`;
  document.body.append(container);
  const map = new MapLibreMap({
    container,
    style,
    center: [camera.lon, camera.lat],
    zoom: camera.zoom,
    interactive: false,
    attributionControl: false,
    fadeDuration: 0,
    pixelRatio: density,
    maxCanvasSize: [8192, 8192],
    localIdeographFontFamily: fontFamily,
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  return new Promise<string>((done, failed) => {
    const late = setTimeout(() => failed(new Error("the map was not drawn in time")), PATIENCE_MS);
    map.once("idle", () => {
      clearTimeout(late);
      done(map.getCanvas().toDataURL("image/png"));
    });
  }).finally(() => {
    map.remove();
    container.remove();
  });
}

const EQUATOR_M = 40_075_016.686;
const TILE_PX = 512;
/** Millimetres of a CSS pixel on paper: 96 an inch. */
const PX_MM = 25.4 / 96;

/** Metres on the ground of a CSS pixel, at a latitude. */
export function metresPerPixel(lat: number, zoom: number): number {
  return (EQUATOR_M * Math.cos((lat * Math.PI) / 180)) / (TILE_PX * 2 ** zoom);
}

/** The zoom at which a map on paper has the scale 1 : `scale`. */
export function zoomForScale(lat: number, scale: number): number {
  const metres = (scale * PX_MM) / 1000;
  return Math.log2((EQUATOR_M * Math.cos((lat * Math.PI) / 180)) / (TILE_PX * metres));
}

/** The scale of a map on paper: 25000 means 1 : 25,000. */
export function scaleOf(lat: number, zoom: number): number {
  return metresPerPixel(lat, zoom) / (PX_MM / 1000);
}

/** The round scale that shows at least as much. */
export function roundScale(scale: number): number {
  const steps = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 10];
  const power = 10 ** Math.floor(Math.log10(scale));
  return (steps.find((step) => step * power >= scale * 0.999) ?? 10) * power;
}

/** A round length of at most `widest` CSS pixels, for the scale bar. */
export function barOf(
  lat: number,
  zoom: number,
  widest: number,
): { metres: number; pixels: number } {
  const metre = metresPerPixel(lat, zoom);
  const power = 10 ** Math.floor(Math.log10(metre * widest));
  const metres = ([5, 2, 1].find((step) => step * power <= metre * widest) ?? 1) * power;
  return { metres, pixels: metres / metre };
}
