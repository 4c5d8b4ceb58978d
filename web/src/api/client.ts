// The one place that asks the server. What goes wrong comes out as a `ServerError` with its kind.
import type { StyleSpecification } from "maplibre-gl";
import {
  body,
  type Candidate,
  parameters,
  type Question,
  type Screening,
  type ScreeningOptions,
} from "./screening";
import type {
  Collection,
  Collections,
  Item,
  ItemList,
  Landing,
  Lang,
  Place,
  Places,
  ProblemDetails,
  Schema,
} from "./types";

const PATIENCE_MS = 20_000;

/**
 * - `unreachable`: no answer at all;
 * - `refused`: the server answered with a problem, whose sentence it gives;
 * - `malformed`: an answer that is not what the contract says.
 */
export type ServerErrorKind = "unreachable" | "refused" | "malformed";

export class ServerError extends Error {
  constructor(
    readonly kind: ServerErrorKind,
    readonly path: string,
    readonly status: number | null = null,
    /** The server's own sentence, in the language asked for. */
    readonly sentence: string | null = null,
    /** The parcels to choose from, where a place may mean several. */
    readonly candidates: readonly Candidate[] = [],
  ) {
    super(`${kind}: ${path}${status === null ? "" : ` (${status})`}`);
    this.name = "ServerError";
  }
}

export interface Api {
  landing(lang: Lang): Promise<Landing>;
  collections(lang: Lang): Promise<Collection[]>;
  schema(layer: string, lang: Lang): Promise<Schema>;
  item(layer: string, id: number, lang: Lang): Promise<Item>;
  /** A page of a layer's features: what the query names, `limit`, `bbox` and fields. */
  page(layer: string, query: Readonly<Record<string, string>>, lang: Lang): Promise<ItemPage>;
  /** The page behind another's `next`. */
  follow(next: string, lang: Lang): Promise<ItemPage>;
  /** What fits a search, best first. */
  places(query: string, lang: Lang): Promise<Place[]>;
  /** The style of the whole map; of another datum or time where the query says so. */
  mapStyle(lang: Lang, query?: Readonly<Record<string, string>>): Promise<StyleSpecification>;
  /** What a screening can be asked. */
  screeningOptions(lang: Lang): Promise<ScreeningOptions>;
  /** Screens a parcel and keeps nothing. */
  screen(question: Question, lang: Lang): Promise<Screening>;
  /** Screens a parcel and keeps the report. */
  keepScreening(question: Question, lang: Lang): Promise<Screening>;
  /** Where a kept report can be read and printed. */
  reportAddress(id: string, lang: Lang): string;
}

export interface ItemPage {
  items: Item[];
  /** How many features the query has in all. */
  matched: number;
  /** The address of the next page; null on the last. */
  next: string | null;
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** An `Api` on the server at `root`. Answers are kept; failures are not, so that asking again helps. */
export function connect(root: string, fetcher: Fetch = (url, init) => fetch(url, init)): Api {
  const kept = new Map<string, Promise<unknown>>();
  const ask = async <T>(
    path: string,
    lang: Lang,
    holds: (x: T) => boolean,
    sent?: object,
  ): Promise<T> => {
    const url = new URL(path, root);
    url.searchParams.set("lang", lang);
    const answer = (await askJson(url.href, path, fetcher, sent)) as T;
    if (!isRecord(answer) || !holds(answer)) throw new ServerError("malformed", path);
    return answer;
  };
  const keep = <T>(key: string, make: () => Promise<T>): Promise<T> => {
    const known = kept.get(key) as Promise<T> | undefined;
    if (known) return known;
    const promise = make();
    kept.set(key, promise);
    promise.catch(() => kept.delete(key));
    return promise;
  };
  return {
    landing: (lang) =>
      keep(`/ ${lang}`, () => ask<Landing>("", lang, (x) => isRecord(x.onemap?.district))),
    collections: (lang) =>
      keep(`collections ${lang}`, async () => {
        const list = (x: Collections) => Array.isArray(x.collections);
        return (await ask<Collections>("collections", lang, list)).collections;
      }),
    schema: (layer, lang) =>
      keep(`schema ${layer} ${lang}`, () =>
        ask<Schema>(`collections/${segment(layer)}/schema`, lang, (x) => isRecord(x.properties)),
      ),
    item: (layer, id, lang) =>
      ask<Item>(`collections/${segment(layer)}/items/${id}`, lang, (x) => isRecord(x.properties)),
    page: async (layer, query, lang) => {
      const path = `collections/${segment(layer)}/items?${new URLSearchParams(query)}`;
      return pageOf(await ask<ItemList>(path, lang, isList));
    },
    follow: async (next, lang) => pageOf(await ask<ItemList>(next, lang, isList)),
    places: async (query, lang) => {
      const path = `places?${new URLSearchParams({ q: query })}`;
      return (await ask<Places>(path, lang, (x) => Array.isArray(x.places))).places;
    },
    mapStyle: (lang, query = {}) => {
      const path = `styles/onemap?${new URLSearchParams(query)}`;
      return keep(`${path} ${lang}`, async () => {
        const style = await ask<StyleSpecification>(path, lang, (x) => Array.isArray(x.layers));
        // Without it MapLibre draws every letter with the faces of the reader's machine.
        const { glyphs: _, ...rest } = style;
        return rest;
      });
    },
    screeningOptions: (lang) =>
      keep(`screenings/options ${lang}`, () =>
        ask<ScreeningOptions>("screenings/options", lang, (x) => Array.isArray(x.systems)),
      ),
    screen: (question, lang) => {
      const said = parameters(question);
      // An outline may be too long for an address.
      return said
        ? ask(`screenings?${new URLSearchParams(said)}`, lang, isScreening)
        : ask("screenings?keep=no", lang, isScreening, body(question));
    },
    reportAddress: (id, lang) => new URL(`screenings/${segment(id)}.html?lang=${lang}`, root).href,
    keepScreening: (question, lang) => ask("screenings", lang, isScreening, body(question)),
  };
}

/** Asks, or sends a document. */
async function askJson(url: string, path: string, fetcher: Fetch, sent?: object): Promise<unknown> {
  const accept = "application/json, application/geo+json, application/problem+json";
  let response: Response;
  try {
    response = await fetcher(url, {
      ...(sent ? { method: "POST", body: JSON.stringify(sent) } : {}),
      headers: { accept, ...(sent ? { "content-type": "application/json" } : {}) },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new ServerError("unreachable", path);
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const problem = isRecord(answer) ? (answer as Partial<ProblemDetails>) : {};
    const sentence = problem.detail ?? problem.title;
    throw new ServerError(
      "refused",
      path,
      response.status,
      typeof sentence === "string" ? sentence : null,
      Array.isArray(problem.candidates) ? problem.candidates : [],
    );
  }
  if (answer === undefined) throw new ServerError("malformed", path, response.status);
  return answer;
}

function isScreening(answer: Screening): boolean {
  return typeof answer.verdict === "string" && Array.isArray(answer.findings);
}

function isList(answer: ItemList): boolean {
  return Array.isArray(answer.features) && typeof answer.numberMatched === "number";
}

function pageOf({ features, numberMatched, links }: ItemList): ItemPage {
  const next = links?.find(({ rel }) => rel === "next")?.href ?? null;
  return { items: features, matched: numberMatched, next };
}

function isRecord(x: unknown): x is Record<string, unknown> {
  return typeof x === "object" && x !== null && !Array.isArray(x);
}

function segment(layer: string): string {
  return encodeURIComponent(layer);
}
