// Asks the server for what the page needs and puts the answers into the state.
import { type Api, ServerError } from "../api/client";
import type { Collection, Lang } from "../api/types";
import type { Hit } from "../map/hits";
import { type Asked, here, type Note, type Store } from "./state";

/** The landing page and the layers, in the language of the page. */
export async function loadMap(api: Api, store: Store): Promise<void> {
  const { lang } = store.get();
  const current = () => store.get().lang === lang;
  await Promise.all([
    asked(api.landing(lang)).then((landing) => current() && store.set({ landing })),
    asked(api.collections(lang)).then((collections) => current() && store.set({ collections })),
  ]);
}

/** The schemas of these layers, those not known or not had yet. */
export function loadSchemas(api: Api, store: Store, layers: Iterable<string>): void {
  const { lang, schemas } = store.get();
  const missing = [...new Set(layers)].filter((id) => !schemas.has(id));
  if (missing.length === 0) return;
  const put = (id: string, schema: Asked<never> | Asked<Awaited<ReturnType<Api["schema"]>>>) =>
    store.set({ schemas: new Map(store.get().schemas).set(id, schema) });
  for (const id of missing) put(id, { state: "waiting" });
  for (const id of missing) {
    void asked(api.schema(id, lang)).then((schema) => {
      if (store.get().lang === lang) put(id, schema);
    });
  }
}

/** Opens the card on a feature and asks for it. */
export async function openFeature(
  api: Api,
  store: Store,
  { layer, id }: { layer: string; id: number },
  among: Hit[],
): Promise<void> {
  const waiting = { kind: "feature", layer, id, item: { state: "waiting" }, among } as const;
  store.set({ card: waiting });
  loadSchemas(api, store, [layer]);
  const item = await asked(api.item(layer, id, store.get().lang));
  const { card } = store.get();
  if (card.kind === "feature" && card.layer === layer && card.id === id) {
    store.set({ card: { ...card, item } });
  }
}

/** Layers a link may show: what is drawn on the map. */
export function drawable({ onemap }: Collection): boolean {
  return onemap.form !== "existence" && onemap.geometry !== null;
}

/** Leaves out what a link names and the map does not have, and says so. */
export function dropUnknown(store: Store): void {
  const { collections, wanted, notes, coverage } = store.get();
  const known = here(collections);
  if (!known) return;
  const has = (id: string) => known.some((layer) => layer.id === id && drawable(layer));
  const unknown = (wanted ?? []).filter((id) => !has(id));
  if (coverage !== null && !has(coverage)) store.set({ coverage: null });
  if (unknown.length === 0) return;
  const fresh: Note[] = unknown.map((layer) => ({ key: "notes:layer_unknown", layer }));
  const old = notes.filter((note) => !unknown.includes(note.layer));
  store.set({ wanted: (wanted ?? []).filter(has), notes: [...old, ...fresh] });
}

export async function asked<T>(answer: Promise<T>): Promise<Asked<T>> {
  try {
    return { state: "here", value: await answer };
  } catch (error) {
    if (error instanceof ServerError) return { state: "failed", error };
    throw error;
  }
}

/** The language a page begins in: the link's, the address's, the browser's, Chinese. */
export function firstLanguage(
  inHash: Lang | null,
  inQuery: Lang | null,
  browser: readonly string[],
): Lang {
  const spoken = browser.map((tag) => tag.slice(0, 2).toLowerCase());
  const first = spoken.find((tag) => tag === "zh" || tag === "en");
  return inHash ?? inQuery ?? (first === "en" ? "en" : "zh");
}
