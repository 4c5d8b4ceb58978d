// The panel in which a parcel is screened: the question, and the answer to it.
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { type Api, ServerError } from "../../api/client";
import { outline, type Question, type Screening, type ScreeningOptions } from "../../api/screening";
import type { Bbox, Collection, Item } from "../../api/types";
import { boxOf } from "../../map/box";
import { icon } from "../../map/icon";
import { offset } from "../../map/offset";
import type { Measured } from "../../map/ruler";
import type { ScreenedDrawing } from "../../map/screened";
import { learn } from "../../text";
import { screening as sentences } from "../../text/screening";
import { errorWords } from "../errors";
import { asked } from "../loading";
import { Part } from "../part";
import { type Asked, here } from "../state";
import { answerParts } from "./answer";
import { type Entry, entriesOf, type RingGroup, ringGroups } from "./entries";
import { itemsOf, keyOf, marksOf, sightOf } from "./marks";
import { sentence, useWords } from "./phrases";
import "./parcel-choice";
import "./screening.css";
import "./answer.css";
import "./use-box";
import { systemsIn } from "./uses";

learn("screening", sentences);

/** What was made of an answer. */
export interface Answered {
  screening: Screening;
  groups: RingGroup[];
  entries: Entry[];
  items: ReadonlyMap<string, Item>;
}

/** What became of keeping the report. */
export type Kept = "not" | "waiting" | ServerError | { href: string; number: string };

export class ScreeningPanel extends Part {
  static override properties = {
    api: { attribute: false },
    question: { attribute: false },
    sketching: { attribute: false },
    measured: { attribute: false },
    collections: { attribute: false },
    options: { state: true },
    state: { state: true },
    answered: { state: true },
    kept: { state: true },
    active: { state: true },
    opened: { state: true },
  };

  declare api: Api;
  declare question: Question;
  declare sketching: boolean;
  declare measured: Measured | null;
  declare collections: readonly Collection[];
  declare options: Asked<ScreeningOptions>;
  /** How the answer to the present question stands. */
  declare state: "idle" | "waiting" | "here" | ServerError;
  /** The last answer; while another is waited for it stays. */
  declare answered: Answered | null;
  declare kept: Kept;
  /** The number of the entry that is shown on the map. */
  declare active: number | null;
  /** Lists that are shown whole. */
  declare opened: ReadonlySet<string>;
  #asked = "";

  constructor() {
    super();
    this.options = { state: "waiting" };
    this.state = "idle";
    this.answered = null;
    this.kept = "not";
    this.active = null;
    this.opened = new Set();
  }

  protected override firstUpdated(): void {
    void this.#loadOptions();
    this.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("question")) void this.#ask();
    else if (changed.has("tongue") && this.state instanceof ServerError) void this.#ask(true);
  }

  async #loadOptions(): Promise<void> {
    this.options = await asked(this.api.screeningOptions(this.tongue.lang));
  }

  async #ask(again = false): Promise<void> {
    const { api, question, tongue } = this;
    const key = JSON.stringify(question);
    if (key === this.#asked && !again) return;
    this.#asked = key;
    this.kept = "not";
    this.active = null;
    this.opened = new Set();
    if (!question.parcel) {
      this.state = "idle";
      this.answered = null;
      this.tell("om-screened", NO_DRAWING);
      return;
    }
    this.state = "waiting";
    this.#outline(question.parcel);
    const screening = await asked(api.screen(question, tongue.lang));
    if (key !== this.#asked) return;
    if (screening.state !== "here") {
      this.answered = null;
      this.state = screening.state === "failed" ? screening.error : "waiting";
      return;
    }
    this.state = "here";
    await this.#take(screening.value);
  }

  /** Draws what was drawn by hand as long as the server has not said what it is. */
  #outline(parcel: NonNullable<Question["parcel"]>): void {
    if (!("parts" in parcel)) return;
    this.tell("om-screened", { ...NO_DRAWING, parcel: outline(parcel.parts) });
  }

  /** Lists and draws an answer. */
  async #take(screening: Screening): Promise<void> {
    const groups = ringGroups(screening);
    const entries = entriesOf(groups);
    this.answered = { screening, groups, entries, items: new Map() };
    const { geometry } = screening.parcel;
    const rings = screening.profile.rings_m.flatMap((metres) => offset(geometry, metres) ?? []);
    const drawing: ScreenedDrawing = { parcel: geometry, rings, marks: [] };
    this.tell("om-screened", drawing);
    await this.updateComplete;
    const sight = sightOf(screening);
    const box = boxOf(screening.parcel.geometry);
    if (!sight || !box) return;
    this.tell("om-point", { geometry: null, metres: null, box, go: false });
    const items = await itemsOf(this.api, entries, sight, this.tongue.lang);
    if (this.answered?.screening !== screening) return;
    this.answered = { screening, groups, entries, items };
    this.tell("om-screened", { ...drawing, marks: marksOf(entries, items, sight) });
  }

  /** Shows an entry of the list on the map, or a mark of the map in the list. */
  async point(number: number): Promise<void> {
    const { answered } = this;
    const block = answered?.groups
      .flatMap(({ blocks }) => blocks)
      .find(({ entries }) => entries.some((entry) => entry.number === number));
    const [first] = block?.entries ?? [];
    if (!first) return;
    this.active = number;
    this.opened = new Set(this.opened).add(`block-${first.number}`);
    await this.updateComplete;
    this.querySelector<HTMLElement>(`[data-entry="${number}"] button`)?.focus();
  }

  readonly #see = async (entry: Entry) => {
    this.active = entry.number;
    const { answered, api, tongue } = this;
    const known = answered?.items.get(keyOf(entry));
    const item = known ?? here(await asked(api.item(entry.layer, entry.feature, tongue.lang)));
    const sight = answered && sightOf(answered.screening);
    const found = item?.geometry ? boxOf(item.geometry) : null;
    const parcel = answered && boxOf(answered.screening.parcel.geometry);
    if (!item || !found || !parcel || !sight) return;
    const { geometry, precision_m: metres } = item;
    this.tell("om-point", { geometry, metres, box: both(found, parcel, sight), go: true });
  };

  readonly #open = (list: string) => {
    this.opened = new Set(this.opened).add(list);
  };

  readonly #around = () => {
    const box = this.answered ? sightOf(this.answered.screening) : null;
    if (box) this.tell("om-point", { geometry: null, metres: null, box, go: true });
  };

  readonly #keep = async () => {
    const { api, question, tongue } = this;
    // Opened at once, or the browser takes it for a window that nobody asked for.
    const tab = window.open("about:blank", "_blank");
    this.kept = "waiting";
    const kept = await asked(api.keepScreening(question, tongue.lang));
    if (kept.state !== "here") {
      tab?.close();
      this.kept = kept.state === "failed" ? kept.error : "not";
      return;
    }
    const { id, report_number: number } = kept.value;
    const href = api.reportAddress(id ?? "", tongue.lang);
    this.kept = { href, number };
    if (!tab) return;
    tab.opener = null;
    tab.location.replace(href);
  };

  protected override render(): TemplateResult {
    const { say } = this.tongue;
    return html`<section class="screening" aria-labelledby="screening-title">
      <header class="screening-bar">
        <h2 id="screening-title" tabindex="-1">${say("screening:title")}</h2>
        <button type="button" class="icon-button" aria-label=${say("screening:close")}
          @click=${() => this.tell("om-tool", null)}>${icon("close")}</button>
      </header>
      <div class="asks">
        <om-parcel-choice .tongue=${this.tongue} .parcel=${this.question.parcel}
          .screened=${this.state === "here" ? (this.answered?.screening.parcel ?? null) : null}
          .candidates=${this.state instanceof ServerError ? this.state.candidates : NONE}
          .sketching=${this.sketching} .measured=${this.measured}
          .around=${this.#around}></om-parcel-choice>
        ${this.#uses()} ${this.#profiles()}
      </div>
      ${this.#answer()}
    </section>`;
  }

  #uses(): TemplateResult {
    const { say } = this.tongue;
    const options = here(this.options);
    const failed = this.options.state === "failed";
    const use = this.state === "here" ? this.answered?.screening.planned_use : undefined;
    const recorded =
      use?.origin === "record" && use.code !== null
        ? useWords({ code: use.code, title: use.title }, this.tongue)
        : null;
    const note =
      this.question.planned !== null || !use
        ? null
        : say(recorded ? "screening:planned_from_record" : "screening:planned_nobody");
    return html`<div class="ask" data-ask="use">
      <h3>${say("screening:planned")}</h3>
      ${
        options
          ? html`<om-use .tongue=${this.tongue} .systems=${systemsIn(options, this.tongue)}
              .planned=${this.question.planned} .recorded=${recorded}></om-use>`
          : html`<p class="tool-hint">${say(failed ? "screening:options_failed" : "screening:opening")}</p>`
      }
      ${note ? html`<p class="tool-hint">${note}</p>` : nothing}
    </div>`;
  }

  #profiles(): TemplateResult | typeof nothing {
    const { say } = this.tongue;
    const { profiles = [], default_profile: usual = null } = here(this.options) ?? {};
    if (profiles.length < 2) return nothing;
    const wanted = this.question.profile ?? usual;
    const chosen = profiles.find(({ id }) => id === wanted) ?? profiles[0];
    return html`<div class="ask" data-ask="profile">
      <h3><label for="screening-profile">${say("screening:profile")}</label></h3>
      <select id="screening-profile" @change=${(event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        this.tell("om-screen", { profile: value === usual ? null : value });
      }}>${profiles.map(
        ({ id, title }) =>
          html`<option value=${id} ?selected=${id === chosen?.id}>${sentence(title, this.tongue)}</option>`,
      )}</select>
      <details class="profile-note"><summary>${say("screening:profile_note")}</summary>
        <p class="tool-hint">${chosen ? sentence(chosen.note, this.tongue) : nothing}</p></details>
    </div>`;
  }

  #answer(): TemplateResult | typeof nothing {
    const { say } = this.tongue;
    const { state, answered } = this;
    if (state === "idle") return nothing;
    if (state instanceof ServerError) {
      if (state.candidates.length > 0) return nothing;
      return html`<div class="state state-failed" role="alert">
        <p><strong>${say("screening:failed")}</strong></p>
        <p>${errorWords(state, say)}</p>
        ${
          state.kind === "refused"
            ? nothing
            : html`<button type="button" class="button" @click=${() => this.#ask(true)}
              >${say("page:try_again")}</button>`
        }
      </div>`;
    }
    const waiting = state === "waiting";
    return html`<p class=${waiting ? "screening-wait" : "unseen"} role="status">${
      waiting
        ? say("screening:loading")
        : answered
          ? `${say(`screening:${answered.screening.verdict}`)} ${say(answered.screening.complete ? "screening:complete" : "screening:not_complete")}`
          : ""
    }</p>
    ${
      answered
        ? html`<div class="answer" aria-busy=${waiting}>${answerParts({
            ...answered,
            tongue: this.tongue,
            kept: this.kept,
            active: this.active,
            opened: this.opened,
            titleOf: (layer) => this.collections.find(({ id }) => id === layer)?.title ?? layer,
            keep: this.#keep,
            see: this.#see,
            record: (entry) => this.tell("om-open", { layer: entry.layer, id: entry.feature }),
            open: this.#open,
          })}</div>`
        : nothing
    }`;
  }
}

/** The box around both, of the first no more than lies in `sight`. */
function both(a: Bbox, b: Bbox, sight: Bbox): Bbox {
  const west = Math.max(a[0], sight[0]);
  const south = Math.max(a[1], sight[1]);
  const east = Math.min(a[2], sight[2]);
  const north = Math.min(a[3], sight[3]);
  return [Math.min(west, b[0]), Math.min(south, b[1]), Math.max(east, b[2]), Math.max(north, b[3])];
}

const NO_DRAWING: ScreenedDrawing = { parcel: null, rings: [], marks: [] };
const NONE: readonly never[] = [];

customElements.define("om-screening", ScreeningPanel);
