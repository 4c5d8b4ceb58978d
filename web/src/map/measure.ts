// Lengths and areas on the ellipsoid (Karney 2013, through geographiclib-geodesic), never on the screen.
import geodesic from "geographiclib-geodesic";

export type Place = [lon: number, lat: number];

const { Geodesic } = geodesic;

/** The length of a line, metres. */
export function lengthM(line: readonly Place[]): number {
  let metres = 0;
  for (const [n, [lon, lat]] of line.entries()) {
    const [lon0, lat0] = line[n - 1] ?? [lon, lat];
    metres += Geodesic.WGS84.Inverse(lat0, lon0, lat, lon, Geodesic.DISTANCE).s12 ?? 0;
  }
  return metres;
}

/** The area of a ring, closed or not, square metres; 0 below three corners. */
export function areaM2(ring: readonly Place[]): number {
  if (ring.length < 3) return 0;
  const polygon = Geodesic.WGS84.Polygon(false);
  for (const [lon, lat] of ring) polygon.AddPoint(lat, lon);
  return Math.abs(polygon.Compute(false, true).area ?? 0);
}

/** Whether a ring crosses itself, which has no one area. */
export function crossesItself(ring: readonly Place[]): boolean {
  const edges = ring.map((from, n) => [from, ring[(n + 1) % ring.length] ?? from] as const);
  return edges.some(([a, b], n) =>
    edges.some(([c, d], m) => {
      const apart = m > n + 1 && !(n === 0 && m === edges.length - 1);
      return apart && side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
    }),
  );
}

function side([ax, ay]: Place, [bx, by]: Place, [cx, cy]: Place): number {
  return Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
}
