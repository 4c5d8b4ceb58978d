// What the widget asks the server for, and what it knows of the map meanwhile.
import type { StyleSpecification } from "maplibre-gl";
import { type Api, ServerError } from "../api/client";
import type { Collection, Item, Landing, Lang, Schema } from "../api/types";
import { type Datum, fromWgs84 } from "../map/datum";
import type { Hit } from "../map/hits";
import type { MapView } from "../map/view";
import { nameOf, valueWords } from "../map/words";
import { type Say, tongue } from "../text";
import type { Place } from "./events";

/** The map as the server describes it, in one language. */
export interface Facts {
  landing: Landing;
  collections: readonly Collection[];
}

/** What the card shows. */
export type Card =
  | { kind: "closed" }
  | { kind: "nothing" }
  | { kind: "choice"; hits: readonly Hit[] }
  | { kind: "waiting"; layer: string; id: number; among: readonly Hit[] }
  | { kind: "failed"; layer: string; id: number; among: readonly Hit[]; words: string }
  | { kind: "feature"; layer: string; id: number; among: readonly Hit[]; item: Item };

export async function readFacts(api: Api, lang: Lang): Promise<Facts> {
  const [landing, collections] = await Promise.all([api.landing(lang), api.collections(lang)]);
  return { landing, collections };
}

export function readStyle(
  api: Api,
  lang: Lang,
  { datum, time }: { datum: Datum; time: string | null },
): Promise<StyleSpecification> {
  return api.mapStyle(lang, {
    ...(datum === "wgs84" ? {} : { datum }),
    ...(time === null ? {} : { datetime: time }),
  });
}

/** What went wrong, as a sentence: the server's own where it gave one. */
export function errorWords(error: unknown, say: Say): string {
  // Else it is the worker's code that could not be had.
  if (!(error instanceof ServerError)) return say("page:unreachable");
  if (error.kind === "unreachable") return say("page:unreachable");
  if (error.kind === "malformed") return say("page:malformed");
  return error.sentence ?? say("page:refused", { status: error.status ?? "–" });
}

/** Where the map looks, in digits that mean something: a hundredth of a metre. */
export function placeOf({ camera, bounds }: Pick<MapView, "camera" | "bounds">): Place {
  const round = (degrees: number) => Number(degrees.toFixed(7));
  const [w, s, e, n] = bounds;
  return {
    zoom: Number(camera.zoom.toFixed(4)),
    center: [round(camera.lon), round(camera.lat)],
    bbox: [round(w), round(s), round(e), round(n)],
  };
}

/** The layers whose features have a time in the world. */
export function timed(collections: readonly Collection[]): string[] {
  return collections.flatMap(({ id, onemap }) => (onemap.temporal ? [id] : []));
}

/** Layers that can be drawn. */
export function drawable({ onemap }: Collection): boolean {
  return onemap.form !== "existence" && onemap.geometry !== null;
}

/** What to call a feature. */
export function titleOfFeature(
  layer: Collection | null,
  { id, properties }: Pick<Hit, "id" | "properties">,
  schema: Schema | null,
  lang: Lang,
): string {
  const label = layer?.onemap.label;
  const named = label ? valueWords(properties, label, schema, tongue(lang)) : null;
  return named ?? nameOf(properties, schema, tongue(lang)) ?? `#${id}`;
}

/** The ground under everything is only meant where nothing else is. */
export function withoutGround(
  hits: readonly Hit[],
  meant: Hit | null,
  collections: readonly Collection[],
): { hits: readonly Hit[]; meant: Hit | null } {
  const ground = new Set(collections.filter((c) => c.onemap.theme.id === "base").map((c) => c.id));
  const things = hits.filter((hit) => !ground.has(hit.layer));
  if (things.length === 0) return { hits, meant };
  return { hits: things, meant: meant ?? (things.length === 1 ? (things[0] ?? null) : null) };
}

/** Where a point is drawn; null: it is none. */
export function pointOf({ geometry }: Item, datum: Datum): [number, number] | null {
  if (geometry?.type !== "Point") return null;
  const [lon, lat] = geometry.coordinates;
  return lon === undefined || lat === undefined ? null : fromWgs84(datum, [lon, lat]);
}
