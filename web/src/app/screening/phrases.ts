// A screening's figures in words: distances, directions, areas, shares, uses.
import type { Finding, LandUse, Words } from "../../api/screening";
import { told } from "../../api/screening";
import { measure } from "../../map/words";
import { LOCALE, type Tongue } from "../../text";

const DIRECTIONS = [
  "north",
  "north_east",
  "east",
  "south_east",
  "south",
  "south_west",
  "west",
  "north_west",
] as const;

/** Metres, kilometres from a thousand on. */
export function metres(value: number, { lang }: Tongue, digits = 1): string {
  if (value < 1000) return measure(rounded(value, digits), "m", lang);
  return measure(rounded(value / 1000, 2), "km", lang);
}

export function squareMetres(value: number, { lang }: Tongue): string {
  return measure(rounded(value, 2), "m²", lang);
}

/** A share of one as per cent; what is little is not made nothing, what is not all not all. */
export function share(value: number, { lang }: Tongue): string {
  const percent = new Intl.NumberFormat(LOCALE[lang], {
    style: "percent",
    maximumFractionDigits: 1,
  });
  if (value > 0 && value < 0.001) return `<${percent.format(0.001)}`;
  if (value < 1 && value > 0.999) return `>${percent.format(0.999)}`;
  return percent.format(value);
}

/** One of eight directions, from degrees clockwise from north. */
export function direction(degrees: number, { say }: Tongue): string {
  const n = ((Math.round(degrees / 45) % 8) + 8) % 8;
  return say(`screening:${DIRECTIONS[n] ?? "north"}`);
}

/** Where something is, seen from the parcel. */
export function whereabouts(found: Finding, tongue: Tongue): string[] {
  const { say } = tongue;
  const { ring, distance_m, distance_interval_m: interval, bearing, overlap_m2 } = found;
  const vague = interval !== null && interval[1] - interval[0] > 1;
  const parts: string[] = [];
  if (vague) {
    const [from, to] = interval;
    parts.push(
      say("screening:interval", { from: metres(from, tongue, 0), to: metres(to, tongue, 0) }),
    );
  } else if (ring === "on_site") parts.push(say("screening:on_site"));
  else if (found.across_road) {
    parts.push(say("screening:across_road"));
    if (distance_m) parts.push(say("screening:distance", { n: metres(distance_m, tongue) }));
  } else if (ring === "adjoining") parts.push(say("screening:adjoining"));
  else if (distance_m !== null) {
    parts.push(say("screening:distance", { n: metres(distance_m, tongue) }));
  }
  if (bearing !== null && ring !== "on_site") parts.push(direction(bearing, tongue));
  if (overlap_m2 !== null && overlap_m2 > 0) {
    const area = squareMetres(overlap_m2, tongue);
    const part = found.overlap_share === null ? "–" : share(found.overlap_share, tongue);
    parts.push(say("screening:overlap", { area, share: part }));
  }
  if (found.sliver) parts.push(say("screening:sliver"));
  if (found.possible) parts.push(say("screening:possible"));
  return parts;
}

/** A use by its code and name. */
export function useWords({ code, title }: Pick<LandUse, "code" | "title">, tongue: Tongue): string {
  return title ? `${code} ${told(title, tongue.lang)}` : code;
}

export function sentence(words: Words, { lang }: Tongue): string {
  return told(words, lang);
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
