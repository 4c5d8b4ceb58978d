// What the page knows and shows. One value, replaced as a whole; those who draw it listen.
import type { ServerError } from "../api/client";
import type { Question } from "../api/screening";
import type { Collection, Item, Landing, Lang, Schema } from "../api/types";
import type { Hit } from "../map/hits";
import type { Measured } from "../map/ruler";
import type { Camera } from "../map/view";
import type { Theme } from "./permalink";
import type { QuestionId } from "./questions";
import { NO_QUESTION } from "./screening/link";

/** Something asked for: not there yet, there, or not to be had. */
export type Asked<T> =
  | { state: "waiting" }
  | { state: "here"; value: T }
  | { state: "failed"; error: ServerError };

/** What the card shows. */
export type Card =
  | { kind: "closed" }
  | { kind: "nothing" }
  | { kind: "choice"; hits: Hit[] }
  | { kind: "feature"; layer: string; id: number; item: Asked<Item>; among: Hit[] };

/** A sentence at the edge of the page. */
export interface Note {
  key: "notes:layer_unknown" | `welcome:${Exclude<QuestionId, "screen" | "targets">}_answer`;
  layer: string;
}

/** What can be done with the map besides looking at it. */
export type Tool = "screen" | "length" | "area" | "time" | "compare" | "print";

/** A layer to be shown as a table. */
export interface TableAsked {
  layer: string;
  /** Only the rows that say so. */
  where?: { field: string; value: string };
}

/** Two layers side by side. */
export interface Compared {
  left: string;
  right: string;
  /** How much of the width is left of the line, 0 to 1. */
  split: number;
}

export interface State {
  lang: Lang;
  landing: Asked<Landing>;
  collections: Asked<Collection[]>;
  /** Schemas by layer, in the page's language. */
  schemas: ReadonlyMap<string, Asked<Schema>>;
  /** Layers that a link or the reader wants to see, topmost first; null: those visible at first. */
  wanted: readonly string[] | null;
  /** Percent, of layers that are to be fainter than their style says. */
  opacity: ReadonlyMap<string, number>;
  /** What the reader or a link chose to wear; null: as the system has it. */
  theme: Theme | null;
  /** Whether the system wears dark. */
  night: boolean;
  coverage: string | null;
  card: Card;
  camera: Camera | null;
  map: "waiting" | "here" | "no-style" | "no-webgl";
  /** Layers whose tiles could not be had. */
  broken: ReadonlySet<string>;
  notes: readonly Note[];
  /** Whether the questions to begin with are open. */
  welcome: boolean;
  /** On a phone: whether the layer list is open. */
  panelOpen: boolean;
  tool: Tool | null;
  measured: Measured | null;
  /** The year the map shows; null: all times. */
  year: number | null;
  compared: Compared | null;
  /** The parcel that is screened, and for what. */
  screened: Question;
  /** Whether the outline of a parcel is being drawn. */
  sketching: boolean;
  /** What is shown as a table. */
  table: TableAsked | null;
}

export const INITIAL: Omit<State, "lang"> = {
  landing: { state: "waiting" },
  collections: { state: "waiting" },
  schemas: new Map(),
  wanted: null,
  opacity: new Map(),
  theme: null,
  night: false,
  coverage: null,
  card: { kind: "closed" },
  camera: null,
  map: "waiting",
  broken: new Set(),
  notes: [],
  welcome: false,
  panelOpen: false,
  tool: null,
  measured: null,
  year: null,
  compared: null,
  screened: NO_QUESTION,
  sketching: false,
  table: null,
};

export type Listener = (now: State, before: State) => void;

export interface Store {
  get(): State;
  set(change: Partial<State>): void;
  listen(listener: Listener): void;
}

export function store(initial: State): Store {
  let state = initial;
  const listeners: Listener[] = [];
  return {
    get: () => state,
    set(change) {
      const before = state;
      state = { ...state, ...change };
      for (const listener of listeners) listener(state, before);
    },
    listen: (listener) => void listeners.push(listener),
  };
}

/** Whether the map is drawn by night; on paper it never is. */
export function isDark({ theme, night, tool }: State): boolean {
  return tool !== "print" && (theme === null ? night : theme === "dark");
}

/** The value of what was asked for, or null. */
export function here<T>(asked: Asked<T> | undefined): T | null {
  return asked?.state === "here" ? asked.value : null;
}

/** The collection of that id, once there. */
export function collectionOf(state: State, id: string): Collection | null {
  return here(state.collections)?.find((collection) => collection.id === id) ?? null;
}
