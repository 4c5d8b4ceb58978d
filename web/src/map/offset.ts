// The outline of all that lies within so many metres of an area: what a ring around a parcel looks like.
import type { Geometry, MultiLineString, Position } from "geojson";

type Metres = [east: number, north: number];
type Edge = [from: Metres, to: Metres];

/** Cells of the grid to the distance, and at most from side to side. */
const FINE = 40;
const MOST = 240;

/** Where the distance to an area is so many metres, as lines; null: it is no area. To draw, not to measure. */
export function offset(geometry: Geometry, metres: number): MultiLineString | null {
  const polygons =
    geometry.type === "Polygon"
      ? [geometry.coordinates]
      : geometry.type === "MultiPolygon"
        ? geometry.coordinates
        : [];
  const [origin] = polygons[0]?.[0] ?? [];
  if (!origin) return null;
  const { there, back } = planeAt(origin);
  const rings = polygons.flat().map((ring) => ring.map(there));
  const edges = rings.flatMap((ring) => ring.slice(1).map((to, n): Edge => [ring[n] ?? to, to]));
  const field = fieldOf(rings, edges, metres);
  return { type: "MultiLineString", coordinates: trace(field).map((line) => line.map(back)) };
}

/** How much farther than wanted each knot of a grid is from the area. */
interface Field {
  west: number;
  south: number;
  step: number;
  columns: number;
  rows: number;
  over: Float64Array;
}

function fieldOf(rings: readonly Metres[][], edges: readonly Edge[], metres: number): Field {
  const corners = rings.flat();
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const least = (all: number[]) => all.reduce((a, b) => Math.min(a, b));
  const most = (all: number[]) => all.reduce((a, b) => Math.max(a, b));
  const side = Math.max(most(xs) - least(xs), most(ys) - least(ys)) + 2 * metres;
  const step = Math.max(metres / FINE, side / MOST);
  const west = least(xs) - metres - 2 * step;
  const south = least(ys) - metres - 2 * step;
  const columns = Math.ceil((most(xs) + metres + 2 * step - west) / step) + 1;
  const rows = Math.ceil((most(ys) + metres + 2 * step - south) / step) + 1;
  const over = Float64Array.from({ length: columns * rows }, (_, n) => {
    const at: Metres = [west + (n % columns) * step, south + Math.floor(n / columns) * step];
    return (isInside(rings, at) ? 0 : distance(edges, at)) - metres;
  });
  return { west, south, step, columns, rows, over };
}

function distance(edges: readonly Edge[], [x, y]: Metres): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [[x0, y0], [x1, y1]] of edges) {
    const [dx, dy] = [x1 - x0, y1 - y0];
    const along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1);
    const share = Math.min(Math.max(along, 0), 1);
    const [ex, ey] = [x - x0 - share * dx, y - y0 - share * dy];
    least = Math.min(least, ex * ex + ey * ey);
  }
  return Math.sqrt(least);
}

function isInside(rings: readonly Metres[][], [x, y]: Metres): boolean {
  let inside = false;
  for (const ring of rings) {
    for (const [n, [x1, y1]] of ring.slice(1).entries()) {
      const [x0, y0] = ring[n] ?? [x1, y1];
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
    }
  }
  return inside;
}

/** The lines along which a field is nought (marching squares): each closed, as the grid reaches beyond. */
function trace({ west, south, step, columns, rows, over }: Field): Metres[][] {
  const value = (i: number, j: number) => over[j * columns + i] ?? 1;
  const places = new Map<string, Metres>();
  const next = new Map<string, string[]>();
  // The crossing of a side of a cell, by the knots at its ends.
  const crossing = (i: number, j: number, k: number, l: number): string => {
    const name = `${i},${j},${k},${l}`;
    const [a, b] = [value(i, j), value(k, l)];
    const share = a / (a - b);
    places.set(name, [west + (i + share * (k - i)) * step, south + (j + share * (l - j)) * step]);
    return name;
  };
  for (let j = 0; j + 1 < rows; j += 1) {
    for (let i = 0; i + 1 < columns; i += 1) {
      const sides = [
        [i, j, i + 1, j],
        [i + 1, j, i + 1, j + 1],
        [i, j + 1, i + 1, j + 1],
        [i, j, i, j + 1],
      ] as const;
      const cut = sides
        .filter(([a, b, c, d]) => value(a, b) > 0 !== value(c, d) > 0)
        .map((side) => crossing(...side));
      for (let n = 0; n + 1 < cut.length; n += 2) {
        const [from = "", to = ""] = [cut[n], cut[n + 1]];
        next.set(from, [...(next.get(from) ?? []), to]);
        next.set(to, [...(next.get(to) ?? []), from]);
      }
    }
  }
  return loops(next).map((loop) =>
    loop.flatMap((name) => {
      const at = places.get(name);
      return at ? [at] : [];
    }),
  );
}

/** Goes round each loop once; the first stands at its end again. */
function loops(next: ReadonlyMap<string, readonly string[]>): string[][] {
  const seen = new Set<string>();
  const found: string[][] = [];
  for (const start of next.keys()) {
    const loop: string[] = [];
    for (let at: string | undefined = start; at && !seen.has(at); ) {
      seen.add(at);
      loop.push(at);
      at = next.get(at)?.find((name) => !seen.has(name));
    }
    if (loop.length > 2) found.push([...loop, start]);
  }
  return found;
}

/** A plane in metres around a place, on the ellipsoid's own curvature there (WGS 84). */
function planeAt([lon0 = 0, lat0 = 0]: Position) {
  const phi = (lat0 * Math.PI) / 180;
  const e2 = 0.006_694_379_990_14;
  const w = 1 - e2 * Math.sin(phi) ** 2;
  const north = ((6_378_137 * (1 - e2)) / w ** 1.5) * (Math.PI / 180);
  const east = (6_378_137 / Math.sqrt(w)) * Math.cos(phi) * (Math.PI / 180);
  return {
    there: ([lon = 0, lat = 0]: Position): Metres => [(lon - lon0) * east, (lat - lat0) * north],
    back: ([x, y]: Metres): Position => [lon0 + x / east, lat0 + y / north],
  };
}
