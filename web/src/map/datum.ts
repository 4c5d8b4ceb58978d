// The shifted degrees of Chinese web maps. A host that draws on one of them says so; what the server
// gives in WGS 84 is moved to lie right on it. The same sums as src/geom/{gcj02,bd09}.rs.

export type Datum = "wgs84" | "gcj02" | "bd09";

/** Longitude and latitude, degrees. */
export type LonLat = [number, number];

const SEMI_MAJOR_M = 6_378_245;
const ECCENTRICITY_2 = 0.006_693_421_622_965_943;
const BAIDU = (Math.PI * 3000) / 180;

/** WGS 84 degrees as this datum has them. */
export function fromWgs84(datum: Datum, at: LonLat): LonLat {
  switch (datum) {
    case "wgs84":
      return at;
    case "gcj02":
      return gcj02(at);
    case "bd09":
      return bd09(gcj02(at));
  }
}

/** Degrees of this datum in WGS 84, to 1e-10°. */
export function toWgs84(datum: Datum, at: LonLat): LonLat {
  let [lon, lat] = at;
  for (let step = 0; step < 50; step += 1) {
    const [x, y] = fromWgs84(datum, [lon, lat]);
    const [east, north] = [at[0] - x, at[1] - y];
    lon += east;
    lat += north;
    if (Math.max(Math.abs(east), Math.abs(north)) < 1e-12) break;
  }
  return [lon, lat];
}

/** Coordinates nested as GeoJSON nests them, moved one by one. */
export function shifted<T>(datum: Datum, coordinates: T): T {
  if (datum === "wgs84" || !Array.isArray(coordinates)) return coordinates;
  const [lon, lat] = coordinates;
  if (typeof lon === "number" && typeof lat === "number") {
    return fromWgs84(datum, [lon, lat]) as T;
  }
  return coordinates.map((inner) => shifted(datum, inner)) as T;
}

function inChina([lon, lat]: LonLat): boolean {
  return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
}

function gcj02([lon, lat]: LonLat): LonLat {
  if (!inChina([lon, lat])) return [lon, lat];
  const [x, y] = [lon - 105, lat - 35];
  const wave = (v: number, period: number) => Math.sin((v / period) * Math.PI);
  const common = ((20 * wave(6 * x, 1) + 20 * wave(2 * x, 1)) * 2) / 3;
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    common +
    ((20 * wave(y, 1) + 40 * wave(y, 3)) * 2) / 3 +
    ((160 * wave(y, 12) + 320 * wave(y, 30)) * 2) / 3;
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    common +
    ((20 * wave(x, 1) + 40 * wave(x, 3)) * 2) / 3 +
    ((150 * wave(x, 12) + 300 * wave(x, 30)) * 2) / 3;
  const phi = (lat / 180) * Math.PI;
  const m = 1 - ECCENTRICITY_2 * Math.sin(phi) ** 2;
  const meridian = (SEMI_MAJOR_M * (1 - ECCENTRICITY_2)) / (m * Math.sqrt(m));
  const parallel = (SEMI_MAJOR_M / Math.sqrt(m)) * Math.cos(phi);
  return [lon + (east * 180) / (parallel * Math.PI), lat + (north * 180) / (meridian * Math.PI)];
}

function bd09([lon, lat]: LonLat): LonLat {
  const radius = Math.hypot(lon, lat) + 0.000_02 * Math.sin(lat * BAIDU);
  const angle = Math.atan2(lat, lon) + 0.000_003 * Math.cos(lon * BAIDU);
  return [radius * Math.cos(angle) + 0.0065, radius * Math.sin(angle) + 0.006];
}
