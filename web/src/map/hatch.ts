// What was not looked at: the world less a layer's coverage, and the hatching that shows it.
import type { Feature, MultiPolygon } from "geojson";
import type { Coverage } from "../api/types";

const WORLD: [number, number][][] = [
  [
    [-180, -85],
    [180, -85],
    [180, 85],
    [-180, 85],
    [-180, -85],
  ],
];

/** Everything that none of the surveyed areas covers. */
export async function unsurveyed(coverage: Coverage): Promise<Feature<MultiPolygon>> {
  const { difference } = await import("polyclip-ts");
  const looked = coverage.features.map(({ geometry }) => geometry.coordinates as never);
  return {
    type: "Feature",
    properties: {},
    geometry: { type: "MultiPolygon", coordinates: difference(WORLD as never, ...looked) },
  };
}

/** A seamless tile of diagonal strokes, 12 × 12 CSS pixels at twice the density. */
export function hatching(color: string): ImageData | null {
  const size = 24;
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.strokeStyle = color;
  pen.lineWidth = 2;
  for (const shift of [-size, 0, size]) {
    pen.beginPath();
    pen.moveTo(shift - 2, size + 2);
    pen.lineTo(shift + size + 2, -2);
    pen.stroke();
  }
  return pen.getImageData(0, 0, size, size);
}
