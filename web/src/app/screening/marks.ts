// Where what was found lies: the features of each layer around the parcel, asked for once a layer.
import type { Api } from "../../api/client";
import { ServerError } from "../../api/client";
import { around, type Screening } from "../../api/screening";
import type { Bbox, Item, Lang } from "../../api/types";
import { boxOf } from "../../map/box";
import type { Mark } from "../../map/screened";
import { spotOf } from "../../map/spot";
import type { Entry } from "./entries";

/** As many as the server gives at once. */
const MOST = "10000";

/** The box that is screened: the parcel with its outermost ring. */
export function sightOf({ parcel, profile }: Screening): Bbox | null {
  const box = boxOf(parcel.geometry);
  return box && around(box, Math.max(0, ...profile.rings_m));
}

/** The features that were found, by `layer/id`; those that cannot be had are left out. */
export async function itemsOf(
  api: Api,
  entries: readonly Entry[],
  sight: Bbox,
  lang: Lang,
): Promise<ReadonlyMap<string, Item>> {
  const layers = [...new Set(entries.map(({ layer }) => layer))];
  const wanted = new Set(entries.map(keyOf));
  const query = { bbox: sight.map((x) => x.toFixed(7)).join(","), limit: MOST };
  const pages = await Promise.all(
    layers.map(async (layer) => {
      const page = await api.page(layer, query, lang).catch(unlessServer);
      return (page?.items ?? []).map((item) => [keyOf({ layer, feature: item.id }), item] as const);
    }),
  );
  return new Map(pages.flat().filter(([key]) => wanted.has(key)));
}

/** The marks of entries whose features are known. */
export function marksOf(
  entries: readonly Entry[],
  items: ReadonlyMap<string, Item>,
  sight: Bbox,
): Mark[] {
  return entries.flatMap((entry) => {
    const geometry = items.get(keyOf(entry))?.geometry;
    const at = geometry ? spotOf(geometry, sight) : null;
    const ruled = entry.findings.some(({ rule }) => rule !== null);
    return geometry && at ? [{ number: entry.number, ruled, at, geometry }] : [];
  });
}

export function keyOf({ layer, feature }: Pick<Entry, "layer" | "feature">): string {
  return `${layer}/${feature}`;
}

function unlessServer(error: unknown): null {
  if (error instanceof ServerError) return null;
  throw error;
}
