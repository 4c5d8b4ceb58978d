// Where a geometry lies.
import type { Geometry } from "geojson";
import type { Bbox } from "../api/types";
import { type Datum, fromWgs84, type LonLat, shifted } from "./datum";

/** The box around a geometry; null: it has no coordinates. */
export function boxOf(geometry: Geometry): Bbox | null {
  let box: Bbox | null = null;
  for (const [x, y] of places(geometry)) {
    box = box
      ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)]
      : [x, y, x, y];
  }
  return box;
}

/** Whether two boxes have a place in common. */
export function meet(a: Bbox, b: Bbox): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

/** A geometry of WGS 84 as this datum has it. */
export function inDatum(datum: Datum, geometry: Geometry): Geometry {
  if (geometry.type === "GeometryCollection") {
    return { ...geometry, geometries: geometry.geometries.map((part) => inDatum(datum, part)) };
  }
  return { ...geometry, coordinates: shifted(datum, geometry.coordinates) } as Geometry;
}

/** A box of WGS 84 as this datum has it. */
export function boxIn(datum: Datum, [w, s, e, n]: Bbox): Bbox {
  return [...fromWgs84(datum, [w, s]), ...fromWgs84(datum, [e, n])];
}

function places(geometry: Geometry): LonLat[] {
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(places);
  const flat: LonLat[] = [];
  const walk = (coordinates: unknown): void => {
    if (!Array.isArray(coordinates)) return;
    const [x, y] = coordinates;
    if (typeof x === "number" && typeof y === "number") flat.push([x, y]);
    else coordinates.forEach(walk);
  };
  walk(geometry.coordinates);
  return flat;
}
