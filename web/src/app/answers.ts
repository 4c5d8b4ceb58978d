// What happens when a newcomer asks one of the questions to begin with.
import type { LitElement } from "lit";
import type { Bbox } from "../api/types";
import type { MapView } from "../map/view";
import { hear } from "./events";
import { remember } from "./memory";
import { type QuestionId, questions, shownFor } from "./questions";
import { collectionOf, here, type Store } from "./state";

export interface Desk {
  page: HTMLElement;
  store: Store;
  view(): MapView | null;
  visible(): ReadonlySet<string>;
  /** All layers as they lie over each other now, topmost first. */
  stack(): readonly string[];
  district(): Bbox | null;
  /** Puts what is shown into the address. */
  write(): void;
}

export function hearQuestions(desk: Desk): void {
  hear(desk.page, "om-welcome", (open) => void greet(desk, open));
  hear(desk.page, "om-question", (id) => answer(desk, id));
}

/** Opens the questions or puts them away for good. */
export async function greet({ page, store, view }: Desk, welcome: boolean): Promise<void> {
  remember("hint", "seen");
  store.set({ welcome });
  if (!welcome) {
    view()?.focus();
    return;
  }
  await page.querySelector<LitElement>("om-welcome")?.updateComplete;
  page.querySelector<HTMLElement>("#welcome-title")?.focus();
}

/** Shows what answers a question, and says what is to be seen. */
function answer(desk: Desk, id: QuestionId): void {
  const { page, store } = desk;
  const layers = here(store.get().collections) ?? [];
  const [, found] = questions(layers).find(([known]) => known === id) ?? [];
  const subject = collectionOf(store.get(), found?.about[0] ?? "");
  if (!found || !subject || id === "targets") return;
  if (id === "screen") {
    remember("hint", "seen");
    page.dispatchEvent(new CustomEvent("om-tool", { detail: "screen" }));
    return;
  }
  const shown = shownFor(found, layers, desk.visible());
  remember("hint", "seen");
  page.dispatchEvent(new CustomEvent("om-tool", { detail: null }));
  store.set({
    welcome: false,
    card: { kind: "closed" },
    wanted: desk.stack().filter((layer) => shown.has(layer)),
    coverage: found.hatched ? subject.id : null,
    table: found.listed ? { layer: subject.id } : null,
    notes: [{ key: `welcome:${id}_answer`, layer: subject.title }],
  });
  if (found.tool) page.dispatchEvent(new CustomEvent("om-tool", { detail: found.tool }));
  desk.write();
  // A table takes room from the map: only then is it known what fits.
  requestAnimationFrame(() => requestAnimationFrame(() => lookAtDistrict(desk)));
}

function lookAtDistrict({ district, view }: Desk): void {
  const box = district();
  if (box) view()?.fit(box);
}
