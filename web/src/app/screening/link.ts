// A question about a parcel as a part of the page's address, and back: `screen=id:…&use=…&profile=…`.
import type { Corner, ParcelAsked, Question } from "../../api/screening";

export const NO_QUESTION: Question = { parcel: null, planned: null, profile: null };

const USE = /^(undecided|[a-z0-9][a-z0-9-]*:[A-Za-z0-9]+)$/;
const PROFILE = /^[a-z0-9][a-z0-9-]*$/;

/** Reads it from the parts of a hash; null: none is asked, or what is asked makes no sense. */
export function readQuestion(said: URLSearchParams): Question | null {
  const parcel = readParcel(said.get("screen"));
  if (!parcel) return null;
  const planned = (said.get("use") ?? "").split(",").filter((use) => USE.test(use));
  const profile = said.get("profile") ?? "";
  return {
    parcel,
    planned: planned.length > 0 ? [...new Set(planned)] : null,
    profile: PROFILE.test(profile) ? profile : null,
  };
}

/** The parts of the hash that say it. */
export function writeQuestion({ parcel, planned, profile }: Question): string[] {
  if (!parcel) return [];
  return [
    `screen=${writeParcel(parcel)}`,
    ...(planned ? [`use=${planned.join(",")}`] : []),
    ...(profile ? [`profile=${profile}`] : []),
  ];
}

function writeParcel(parcel: ParcelAsked): string {
  if ("id" in parcel) return `id:${encodeURIComponent(parcel.id)}`;
  if ("at" in parcel) return `at:${place(parcel.at)}`;
  return `area:${parcel.parts.map((part) => part.map(place).join(",")).join(";")}`;
}

/** Degrees to the centimetre. */
function place(at: Corner): string {
  return at.map((degrees) => Number(degrees.toFixed(7))).join(",");
}

function readParcel(text: string | null): ParcelAsked | null {
  const [, kind, rest = ""] = /^(id|at|area):(.+)$/.exec(text ?? "") ?? [];
  if (kind === "id") return { id: rest };
  if (kind === "at") {
    const [at, more] = corners(rest) ?? [];
    return at && !more ? { at } : null;
  }
  if (kind !== "area") return null;
  const parts = rest.split(";").map(corners);
  return parts.every((part) => part !== null && part.length > 2)
    ? { parts: parts as Corner[][] }
    : null;
}

/** Longitudes and latitudes in turn; null: they are none. */
function corners(text: string): Corner[] | null {
  const degrees = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const places = Array.from(
    { length: degrees.length / 2 },
    (_, n): Corner => [degrees[2 * n] ?? Number.NaN, degrees[2 * n + 1] ?? Number.NaN],
  );
  const sane = ([lon, lat]: Corner) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  return degrees.length % 2 === 0 && places.every(sane) ? places : null;
}
