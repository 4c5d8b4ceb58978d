// Questions to begin with, each answered by what the map can show.
import type { Collection } from "../api/types";
import type { Tool } from "./state";

export type QuestionId = "screen" | "unsurveyed" | "listed" | "species" | "use" | "targets";

/** What answers a question. */
export interface Answer {
  /** The layers it is about; without them the question is not put. The first is its subject. */
  about: readonly string[];
  /** Layers that help, where there are such. */
  beside?: readonly string[];
  /** Whether what was not surveyed for the subject is hatched. */
  hatched?: boolean;
  /** Whether the subject is also shown as a table. */
  listed?: boolean;
  tool?: Tool;
  /** Another page answers, under the server's address. */
  page?: string;
}

const ANSWERS: Readonly<Record<QuestionId, Answer>> = {
  screen: { about: ["parcels"], tool: "screen" },
  unsurveyed: { about: ["pollution-sites"], hatched: true },
  listed: { about: ["risk-control-list"], beside: ["subdistricts"], listed: true },
  species: {
    about: ["occurrences"],
    beside: ["survey-sites", "biodiversity-parks"],
    listed: true,
  },
  use: { about: ["land-use-current", "land-use-plan"], tool: "compare" },
  targets: { about: ["plan-indicators"], page: "app/plan" },
};

/** The questions that these layers can answer. */
export function questions(layers: readonly Collection[]): [QuestionId, Answer][] {
  const layer = (id: string) => layers.find((known) => known.id === id);
  return (Object.entries(ANSWERS) as [QuestionId, Answer][]).filter(
    ([, { about, hatched }]) =>
      about.every((id) => layer(id) && layer(id)?.onemap.form !== "existence") &&
      (!hatched || layer(about[0] ?? "")?.onemap.coverage),
  );
}

/** The layers an answer shows: its own, over the ground that is shown already. */
export function shownFor(
  { about, beside = [] }: Answer,
  layers: readonly Collection[],
  visible: ReadonlySet<string>,
): ReadonlySet<string> {
  const own = new Set([...about, ...beside]);
  const ground = (layer: Collection) => layer.onemap.theme.id === "base" && visible.has(layer.id);
  return new Set(layers.filter((l) => own.has(l.id) || ground(l)).map(({ id }) => id));
}
