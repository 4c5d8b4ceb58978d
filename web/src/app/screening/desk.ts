// The screening of a parcel on the map: clicks that choose one, an outline being drawn, what was found.
import type { Geometry } from "geojson";
import type { Question } from "../../api/screening";
import type { Bbox } from "../../api/types";
import { meet } from "../../map/box";
import type { Aimed } from "../../map/view";
import { hear } from "../events";
import type { State } from "../state";
import type { Workshop } from "../toolbox";
import { NO_QUESTION } from "./link";
import type { ScreeningPanel } from "./panel";

/** A place to be shown: marked with its reach, if it has a shape, and brought into sight. */
export interface Pointed {
  geometry: Geometry | null;
  metres: number | null;
  box: Bbox;
  /** Whether to go there also where it is in sight already. */
  go: boolean;
}

/** Between the panel and what is shown beside it, pixels. */
const MARGIN = 24;

export class ScreeningDesk {
  readonly #shop: Workshop;

  constructor(shop: Workshop) {
    this.#shop = shop;
  }

  hear(): void {
    const { page, store, view } = this.#shop;
    hear(page, "om-screen", (change) => this.ask(change));
    hear(page, "om-sketch", (sketching) => {
      const again = sketching && store.get().sketching;
      store.set({ sketching, measured: null });
      if (again) this.#aim(store.get());
      if (sketching) view()?.focus();
    });
    hear(page, "om-screened", (drawing) => view()?.screened(drawing));
    hear(page, "om-point", (pointed) => this.#show(pointed));
  }

  /** Changes what is asked; the map shows it and the address says it. */
  ask(change: Partial<Question>): void {
    const { page, store, write } = this.#shop;
    if (store.get().tool !== "screen") {
      page.dispatchEvent(new CustomEvent("om-tool", { detail: "screen" }));
      store.set({ card: { kind: "closed" }, welcome: false });
    }
    const sketching = store.get().sketching && change.parcel === undefined;
    store.set({ screened: { ...store.get().screened, ...change }, sketching });
    write();
  }

  /** Puts away all that belongs to a screening. */
  clear(): void {
    this.#shop.store.set({ screened: NO_QUESTION, sketching: false });
  }

  draw(now: State, before: State | null): void {
    const map = this.#shop.view();
    const changed = (...keys: (keyof State)[]) =>
      before === null || keys.some((key) => now[key] !== before[key]);
    if (!map || !changed("tool", "map", "sketching")) return;
    if (now.tool === "screen") this.#aim(now);
    else if (before?.tool === "screen") {
      map.aim(null);
      map.screened(null);
      map.select(null);
    }
  }

  /** Clicks choose a parcel, or draw one. */
  #aim({ sketching }: State): void {
    const { store, view } = this.#shop;
    view()?.measure(sketching ? "area" : null, (measured) => store.set({ measured }));
    view()?.aim(sketching ? null : (aimed) => this.#aimed(aimed));
  }

  #aimed(aimed: Aimed): void {
    if ("at" in aimed) this.ask({ parcel: aimed, planned: null });
    else void this.#panel?.point(aimed.mark);
  }

  get #panel(): ScreeningPanel | null {
    return this.#shop.page.querySelector<ScreeningPanel>("om-screening");
  }

  #show({ geometry, metres, box, go }: Pointed): void {
    const map = this.#shop.view();
    if (!map) return;
    map.select(geometry, metres);
    const { clientWidth: width = 0, clientHeight: height = 0 } =
      this.#panel?.firstElementChild ?? {};
    const sheet = width > (this.#shop.page.clientWidth * 3) / 4;
    const covered = sheet ? { right: 0, bottom: height } : { right: width + MARGIN, bottom: 0 };
    if (go || !meet(box, map.bounds)) map.fit(box, covered.right, covered.bottom);
    else map.centre([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2], covered);
  }
}
