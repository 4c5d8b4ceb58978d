// How far around a published point the true one may lie.
import type { Geometry, Polygon } from "geojson";

const CORNERS = 72;
const METRES_PER_DEGREE = 111_320;

/** A circle around a point, metres wide; null: it is no point, or nobody knows how far. */
export function reachOf(geometry: Geometry, metres: number | null): Polygon | null {
  if (geometry.type !== "Point" || metres === null || metres <= 0) return null;
  const [lon = 0, lat = 0] = geometry.coordinates;
  const up = metres / METRES_PER_DEGREE;
  const across = up / Math.cos((lat * Math.PI) / 180);
  const ring = Array.from({ length: CORNERS + 1 }, (_, n) => {
    const turn = (2 * Math.PI * (n % CORNERS)) / CORNERS;
    return [lon + across * Math.cos(turn), lat + up * Math.sin(turn)];
  });
  return { type: "Polygon", coordinates: [ring] };
}
