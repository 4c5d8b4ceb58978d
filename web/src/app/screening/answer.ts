// The answer to a screening: what it comes to, and at the same height whether everything is known; the
// facts; what is not known; then what was found.
import { html, nothing, type TemplateResult } from "lit";
import { ServerError } from "../../api/client";
import type { LandUse, Screening, Verdict } from "../../api/screening";
import { type Icon, icon } from "../../map/icon";
import { dateWords, precisionWords } from "../../map/words";
import type { Tongue } from "../../text";
import { errorWords } from "../errors";
import type { Entry } from "./entries";
import { findings } from "./findings";
import type { Answered, Kept } from "./panel";
import { sentence, squareMetres, useWords } from "./phrases";
import { changes, indices, lineage, provenance, samples, themes } from "./tables";

/** An answer, and what can be done with it. */
export interface Shown extends Answered {
  tongue: Tongue;
  kept: Kept;
  /** The number of the entry that is shown on the map. */
  active: number | null;
  /** Lists that are shown whole. */
  opened: ReadonlySet<string>;
  titleOf(layer: string): string;
  keep(): void;
  see(entry: Entry): void;
  record(entry: Entry): void;
  open(list: string): void;
}

export const VERDICT_ICONS: Readonly<Record<Verdict, Icon>> = {
  prohibited: "barred",
  construction_barred: "barrier",
  survey_required: "probe",
  attention: "notice",
  incomplete: "question",
  no_known_trigger: "level",
};

export function answerParts(shown: Shown): TemplateResult {
  const { screening } = shown;
  return html`${outcome(shown)} ${facts(shown)} ${unknowns(shown)} ${findings(shown)}
    ${themes(shown)} ${changes(shown)} ${lineage(shown)} ${samples(shown)} ${indices(shown)}
    ${provenance(screening, shown.tongue)}`;
}

function outcome({ screening, kept, keep, tongue }: Shown): TemplateResult {
  const { say } = tongue;
  const { verdict, complete, unknowns: unknown } = screening;
  const n = new Set(unknown.map(({ sentence: words }) => words.zh)).size;
  return html`<section class="outcome" aria-label=${say("screening:verdict")}>
    <div class="outcome-pair">
      <div class="verdict" data-verdict=${verdict}>
        <p class="outcome-term">${say("screening:verdict")}</p>
        <h3>${icon(VERDICT_ICONS[verdict])}<span>${say(`screening:${verdict}`)}</span></h3>
      </div>
      <div class="known" data-complete=${complete}>
        <p class="outcome-term">${say("screening:completeness")}</p>
        <h3>${icon(complete ? "tick" : "question")}<span>${say(
          complete ? "screening:complete" : "screening:not_complete",
        )}</span></h3>
        <p>${complete ? say("screening:complete_note") : say("screening:not_complete_note", { n })}</p>
      </div>
    </div>
    <p class="verdict-sentence">${sentence(screening.verdict_sentence, tongue)}</p>
    ${
      screening.demonstration
        ? html`<p class="outcome-demonstration">${say("screening:demonstration")}</p>`
        : nothing
    }
    <div class="keep" role="status">
      <button type="button" class="button button-main" ?disabled=${kept === "waiting"}
        @click=${keep}>${say(kept === "waiting" ? "screening:keeping" : "screening:keep")}</button>
      ${keptWords(kept, tongue)}
    </div>
  </section>`;
}

function keptWords(kept: Kept, { say }: Tongue): TemplateResult {
  if (kept instanceof ServerError) {
    return html`<p class="keep-failed"><strong>${say("screening:keep_failed")}</strong>
      ${errorWords(kept, say)}</p>`;
  }
  if (typeof kept === "object") {
    return html`<a class="link" href=${kept.href} target="_blank" rel="noopener"
      >${say("screening:kept", { number: kept.number })}</a>`;
  }
  return html`<p class="tool-hint">${say("screening:not_kept")}</p>`;
}

function facts({ screening, tongue }: Shown): TemplateResult {
  const { say, lang } = tongue;
  const { parcel, rules, profile } = screening;
  const area = (value: number | null) => (value === null ? null : squareMetres(value, tongue));
  const title = rules.title ? sentence(rules.title, tongue) : rules.id;
  const version = rules.version ?? "–";
  const [day = ""] = (screening.as_of ?? screening.valid_on).split("T");
  const when = dateWords(day, lang);
  const rows: [string, string | null][] = [
    [say("screening:area"), area(parcel.area_m2)],
    [say("screening:area_registered"), area(parcel.registered_area_m2)],
    [say("screening:parts"), parcel.parts > 1 ? String(parcel.parts) : null],
    [
      say("screening:current_use"),
      parcel.current_use ? useWords(parcel.current_use, tongue) : null,
    ],
    [say("screening:planned_use"), plannedWords(screening, tongue)],
    [say("screening:survey_trigger"), say(`screening:trigger_${screening.survey_trigger}`)],
    [say("screening:limit_class"), classWords(screening, tongue)],
    [say("screening:profile"), sentence(profile.title, tongue)],
    [say("screening:rules"), say("screening:rules_version", { title, version })],
    [say("screening:as_of"), screening.as_of ? when : say("screening:present", { day: when })],
  ];
  const derived = [...screening.planned_use.basis, ...screening.limit_class.basis].includes(
    "own derivation",
  );
  return html`<section>
    <h3>${say("screening:facts")}</h3>
    <dl class="facts">${rows.map(([term, words]) =>
      words === null ? nothing : html`<div><dt>${term}</dt><dd>${words}</dd></div>`,
    )}</dl>
    ${derived ? html`<p class="tool-hint">${say("screening:own_derivation")}</p>` : nothing}
  </section>`;
}

function plannedWords({ planned_use: planned }: Screening, tongue: Tongue): string {
  const { system, code, title, also } = planned;
  if (system === null || code === null) return tongue.say("screening:planned_undecided");
  const uses: LandUse[] = [{ system, code, title }, ...also];
  return uses.map((use) => useWords(use, tongue)).join(tongue.say("values:list_separator"));
}

function classWords({ limit_class: limits }: Screening, { say }: Tongue): string {
  const names = { I: "class_one", II: "class_two", unknown: "class_unknown" } as const;
  const name = say(`screening:${names[limits.class]}`);
  return limits.assumed
    ? say("screening:class_because", { name, why: say("screening:class_assumed") })
    : name;
}

function unknowns({ screening, tongue }: Shown): TemplateResult {
  const { say } = tongue;
  const { unknowns: list, unplaced } = screening;
  const sentences = [...new Set(list.map((unknown) => sentence(unknown.sentence, tongue)))];
  const { length: n } = sentences;
  const title = n > 0 ? say("screening:unknowns_n", { n }) : say("screening:unknowns");
  const layers = [...new Set(unplaced.map(({ layer }) => layer))];
  return html`<section class="unknowns" data-none=${n + unplaced.length === 0}>
    <h3>${title}</h3>
    ${n === 0 ? html`<p>${say("screening:unknowns_none")}</p>` : nothing}
    <ul>${sentences.map((words) => html`<li>${words}</li>`)}</ul>
    ${
      layers.length > 0
        ? html`<p>${say("screening:unplaced")}</p>
          <ul>${layers.map((layer) => html`<li>${unplacedWords(layer, screening, tongue)}</li>`)}</ul>`
        : nothing
    }
  </section>`;
}

/** How many of a layer could be anywhere, and how roughly the best known of them is. */
function unplacedWords(layer: string, { unplaced }: Screening, tongue: Tongue): string {
  const own = unplaced.filter((one) => one.layer === layer);
  const [first] = own;
  const best = Math.min(...own.map(({ precision_m }) => precision_m));
  return tongue.say("screening:unplaced_of", {
    layer: first ? sentence(first.layer_title, tongue) : layer,
    n: own.length,
    precision: precisionWords(best, tongue),
  });
}
