// Where to put a mark on a geometry: on it, and within sight.
import type { Geometry, Position } from "geojson";
import type { Bbox } from "../api/types";
import { boxOf } from "./box";
import type { LonLat } from "./datum";

/** A place on a geometry, inside `sight` where any of it is; null: it has no coordinates. */
export function spotOf(geometry: Geometry, sight: Bbox): LonLat | null {
  switch (geometry.type) {
    case "Polygon":
      return inPolygon([geometry.coordinates], sight) ?? anyOf(geometry);
    case "MultiPolygon":
      return inPolygon(geometry.coordinates, sight) ?? anyOf(geometry);
    case "LineString":
    case "MultiLineString":
    case "MultiPoint":
      return onLine(geometry.coordinates.flat(geometry.type === "MultiLineString" ? 1 : 0), sight);
    default:
      return anyOf(geometry);
  }
}

/** The middle of the widest stretch inside, along the middle of what can be seen. */
function inPolygon(polygons: readonly Position[][][], sight: Bbox): LonLat | null {
  const [all] = [boxOf({ type: "MultiPolygon", coordinates: [...polygons] })];
  if (!all) return null;
  const south = Math.max(all[1], sight[1]);
  const north = Math.min(all[3], sight[3]);
  let best: { at: LonLat; width: number } | null = null;
  for (const share of [0.5, 0.3, 0.7]) {
    const lat = south + (north - south) * share;
    const cuts = polygons.flat().flatMap((ring) => crossings(ring, lat));
    cuts.sort((a, b) => a - b);
    for (let n = 0; n + 1 < cuts.length; n += 2) {
      const west = Math.max(cuts[n] ?? 0, sight[0]);
      const east = Math.min(cuts[n + 1] ?? 0, sight[2]);
      const width = east - west;
      if (width > 0 && (!best || width > best.width))
        best = { at: [(west + east) / 2, lat], width };
    }
  }
  return best?.at ?? null;
}

/** The longitudes at which a ring crosses a latitude. */
function crossings(ring: readonly Position[], lat: number): number[] {
  return ring.slice(1).flatMap((to, n) => {
    const [x0 = 0, y0 = 0] = ring[n] ?? [];
    const [x1 = 0, y1 = 0] = to;
    if (y0 > lat === y1 > lat) return [];
    return [x0 + ((lat - y0) / (y1 - y0)) * (x1 - x0)];
  });
}

/** The middle one of the corners that can be seen. */
function onLine(corners: unknown[], [w, s, e, n]: Bbox): LonLat | null {
  const places = corners as LonLat[];
  const seen = places.filter(([x, y]) => x >= w && x <= e && y >= s && y <= n);
  const among = seen.length > 0 ? seen : places;
  return among[Math.floor(among.length / 2)] ?? null;
}

function anyOf(geometry: Geometry): LonLat | null {
  const box = boxOf(geometry);
  return box && [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
}
