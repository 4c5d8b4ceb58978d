// Whose map this is and whose data are on it: what a map never goes without.
import type { Collection, Landing } from "../api/types";
import type { Say } from "../text";

export interface Attribution {
  /** The 审图号, or that the map was not reviewed. */
  review: string;
  reviewed: boolean;
  publisher: string;
  contact: string | null;
  /** Who holds the data of the visible layers; null: none are visible. */
  data: string | null;
}

/** `visible`: ids of the layers on the map. */
export function attribution(
  { onemap }: Landing,
  collections: readonly Collection[],
  visible: ReadonlySet<string>,
  say: Say,
): Attribution {
  const { mapReviewNumber: number, publisher, contact } = onemap;
  const holders = collections
    .filter((collection) => visible.has(collection.id))
    .map((collection) => collection.attribution ?? collection.onemap.provenance.publisher);
  const data = [...new Set(holders)].join(say("values:list_separator"));
  return {
    review: number ? say("attribution:review", { number }) : say("attribution:not_reviewed"),
    reviewed: number !== "",
    publisher: say("attribution:published_by", { publisher }),
    contact: contact ? say("attribution:contact", { contact }) : null,
    data: data ? say("attribution:data", { attribution: data }) : null,
  };
}
