// The tables of a screening: themes, change of use, samples, indices, sources.
import { html, nothing, type TemplateResult } from "lit";
import type { KnownState, SampleValue, Screening, ThemeCoverage } from "../../api/screening";
import { dateWords, measure } from "../../map/words";
import { LOCALE, type Tongue } from "../../text";
import type { Shown } from "./answer";
import { outerEdge } from "./entries";
import { sentence, share, squareMetres, useWords } from "./phrases";

/** What is known of a theme, told by shape as well as by word. */
const SIGNS: Readonly<Record<KnownState, string>> = {
  found: "●",
  none_found: "○",
  partly_known: "◐",
  not_known: "?",
};

const FEW_SAMPLES = 8;
const MANY_INDICES = 40;

/** Columns of figures. */
const NUMBERS: ReadonlySet<string> = new Set(["value", "limit", "ratio"]);

export function themes({ screening, tongue }: Shown): TemplateResult {
  const { say } = tongue;
  const rings = new Map(
    screening.themes.flatMap((theme) =>
      theme.rings.map(({ ring, title }) => [ring, sentence(title, tongue)] as const),
    ),
  );
  const columns = [...rings].sort(([a], [b]) => outerEdge(a) - outerEdge(b));
  return html`<section>
    <h3>${say("screening:themes")}</h3>
    <div class="screening-scroll" tabindex="0" role="region" aria-label=${say("screening:themes")}>
      <table class="screening-table">
        <thead><tr><th scope="col">${say("screening:theme")}</th>
          ${columns.map(([, title]) => html`<th scope="col" class="number">${title}</th>`)}</tr></thead>
        <tbody>${screening.themes.map((theme) => themeRow(theme, columns, tongue))}</tbody>
      </table>
    </div>
  </section>`;
}

function themeRow(
  theme: ThemeCoverage,
  columns: readonly (readonly [string, string])[],
  tongue: Tongue,
): TemplateResult {
  const { say } = tongue;
  const { title, state, rings } = theme;
  return html`<tr data-state=${state}>
    <th scope="row">
      <span class="theme-name">${sentence(title, tongue)}</span>
      <span class="theme-state"><span class="theme-sign" aria-hidden="true">${SIGNS[state]}</span>
        ${say(`screening:state_${state}`)}</span>
      ${theme.reason ? html`<span class="theme-why">${sentence(theme.sentence, tongue)}</span>` : nothing}
    </th>
    ${columns.map(([ring]) => {
      const found = rings.find((other) => other.ring === ring);
      const covered = found?.covered_share ?? null;
      const words = covered === null ? say("screening:share_unknown") : share(covered, tongue);
      const cut = found && found.cut_share > 0 ? share(found.cut_share, tongue) : null;
      return html`<td class="number" data-known=${covered !== null}>${words}${
        cut ? html`<span class="cut">${say("screening:cut", { share: cut })}</span>` : nothing
      }</td>`;
    })}
  </tr>`;
}

export function changes({ screening, tongue }: Shown): TemplateResult | typeof nothing {
  const { say } = tongue;
  const rows = screening.land_use_change;
  if (rows.length === 0) return nothing;
  const total = rows.reduce((sum, { area_m2 }) => sum + area_m2, 0);
  const yes = (changed: boolean | null) =>
    say(`screening:change_${changed === null ? "unknown" : changed ? "yes" : "no"}`);
  return html`<section>
    <h3>${say("screening:change_table")}</h3>
    <div class="screening-scroll" tabindex="0" role="region" aria-label=${say("screening:change_table")}>
      <table class="screening-table">
        <thead><tr><th scope="col">${say("screening:change_from")}</th>
          <th scope="col">${say("screening:change_to")}</th>
          <th scope="col" class="number">${say("screening:area")}</th>
          <th scope="col">${say("screening:change_changes")}</th></tr></thead>
        <tbody>${rows.map(({ from, from_state: state, to, area_m2, changes: changed }) => {
          const now = from
            ? useWords(from, tongue)
            : say(state === "mapped_twice" ? "screening:mapped_twice" : "screening:not_mapped");
          const then = to.map((use) => useWords(use, tongue)).join(say("values:list_separator"));
          return html`<tr><th scope="row">${now}</th>
            <td>${then || say("screening:planned_undecided")}</td>
            <td class="number">${squareMetres(area_m2, tongue)}</td><td>${yes(changed)}</td></tr>`;
        })}</tbody>
        <tfoot><tr><th scope="row">${say("screening:change_total")}</th><td></td>
          <td class="number">${squareMetres(total, tongue)}</td><td></td></tr></tfoot>
      </table>
    </div>
  </section>`;
}

/** Former parcels of this ground. */
export function lineage({ screening, tongue }: Shown): TemplateResult | typeof nothing {
  const { say } = tongue;
  const former = screening.parcel.lineage;
  if (former.length === 0) return nothing;
  return html`<section>
    <h3>${say("screening:lineage")}</h3>
    <ul class="lineage">${former.map(({ name, covers_share, land_use, from, to }) => {
      const words = { name: name || say("screening:unnamed"), share: share(covers_share, tongue) };
      const span = [from, to].map((day) => (day ? dateWords(day, tongue.lang) : "…")).join(" – ");
      const more = [land_use ? useWords(land_use, tongue) : null, from || to ? span : null];
      return html`<li>${say("screening:lineage_one", words)}
        <span class="tool-hint">${more.filter(Boolean).join(" · ")}</span></li>`;
    })}</ul>
  </section>`;
}

export function samples({
  screening,
  tongue,
  opened,
  open,
}: Shown): TemplateResult | typeof nothing {
  const { say } = tongue;
  const all = screening.samples;
  const passed = screening.samples_passed;
  if (all.length + passed.length === 0) return nothing;
  const whole = opened.has("samples") || all.length <= FEW_SAMPLES + 2;
  const rows = whole ? all : all.slice(0, FEW_SAMPLES);
  const columns = ["substance", "value", "limit", "ratio", "result", "sample"] as const;
  return html`<section>
    <h3>${say("screening:samples")}</h3>
    ${passed.map(({ sentence }) => html`<p class="tool-hint">${sentence[tongue.lang]}</p>`)}
    <div class="screening-scroll" tabindex="0" role="region" aria-label=${say("screening:samples")}
      ?hidden=${all.length === 0}>
      <table class="screening-table samples-table">
        <thead><tr>${columns.map(
          (column) => html`<th scope="col" class=${NUMBERS.has(column) ? "number" : nothing}
            >${say(`screening:${column}`)}</th>`,
        )}</tr></thead>
        <tbody>${rows.map((sample) => sampleRow(sample, tongue))}</tbody>
      </table>
    </div>
    ${
      whole
        ? nothing
        : html`<button type="button" class="link" @click=${() => open("samples")}
          >${say("screening:samples_more", { n: all.length })}</button>`
    }
  </section>`;
}

function sampleRow(sample: SampleValue, tongue: Tongue): TemplateResult {
  const { say, lang } = tongue;
  const { substance, substance_title: title, qualifier, limit, ratio, depth_m: depth } = sample;
  const value = `${qualifier ? "<" : ""}${measure(sample.value, sample.unit, lang)}`;
  const converted = sample.recorded_unit
    ? say("screening:converted", { unit: sample.recorded_unit })
    : nothing;
  const standard = [sample.standard, sample.class].filter(Boolean).join(" ");
  const times = new Intl.NumberFormat(LOCALE[lang], { maximumFractionDigits: 2 });
  const where = [
    sample.name || say("screening:unnamed"),
    sentence(sample.ring_title, tongue),
    depth ? say("screening:depth", { from: depth[0], to: depth[1] }) : null,
    sample.date ? dateWords(sample.date, lang) : null,
  ];
  const remarks = [
    ...sample.remarks.map((words) => sentence(words, tongue)),
    ...(limit !== null && sample.verified === 0 ? [say("screening:limit_unverified")] : []),
  ];
  return html`<tr data-exceeds=${sample.exceeds}>
    <th scope="row" title=${substance}>${title ? sentence(title, tongue) : substance}</th>
    <td class="number">${value}<span class="cut">${converted}</span></td>
    <td class="number">${limit === null ? "–" : measure(limit, sample.unit, lang)}
      <span class="cut">${standard}</span></td>
    <td class="number">${ratio === null ? "–" : times.format(ratio)}</td>
    <td class="exceeds">${say(`screening:exceeds_${sample.exceeds}`)}${remarks.map(
      (words) => html`<span class="cut">${words}</span>`,
    )}</td>
    <td>${where.filter(Boolean).join(" · ")}</td>
  </tr>`;
}

export function indices({
  screening,
  tongue,
  opened,
  open,
}: Shown): TemplateResult | typeof nothing {
  const { say, lang } = tongue;
  const all = screening.indices;
  if (all.length === 0) return nothing;
  const columns = ["index", "value", "grade", "background", "sample"] as const;
  const number = new Intl.NumberFormat(LOCALE[lang], { maximumSignificantDigits: 3 });
  const whole = opened.has("indices") || all.length <= MANY_INDICES;
  const rows = whole ? all : all.slice(0, MANY_INDICES);
  return html`<details class="screening-folded"><summary>${say("screening:indices")} (${all.length})</summary>
    <div class="screening-scroll" tabindex="0" role="region" aria-label=${say("screening:indices")}>
      <table class="screening-table">
        <thead><tr>${columns.map(
          (column) => html`<th scope="col" class=${NUMBERS.has(column) ? "number" : nothing}
            >${say(`screening:${column}`)}</th>`,
        )}</tr></thead>
        <tbody>${rows.map(
          ({ index, substance, value, grade, background, name, verified }) => html`<tr>
            <th scope="row">${index}${substance ? ` (${substance})` : ""}</th>
            <td class="number">${number.format(value)}</td>
            <td>${grade ? sentence(grade, tongue) : "–"}${
              verified === 0
                ? html`<span class="cut">${say("screening:grade_unverified")}</span>`
                : nothing
            }</td>
            <td>${background ?? "–"}</td><td>${name || say("screening:unnamed")}</td></tr>`,
        )}</tbody>
      </table>
    </div>
    ${
      whole
        ? nothing
        : html`<button type="button" class="link" @click=${() => open("indices")}
          >${say("screening:indices_more", { n: all.length })}</button>`
    }
  </details>`;
}

export function provenance({ provenance: layers }: Screening, tongue: Tongue): TemplateResult {
  const { say, lang } = tongue;
  return html`<details class="screening-folded">
    <summary>${say("screening:provenance", { n: layers.length })}</summary>
    <ul>${layers.map(
      ({ title, publisher, licence, updated, demonstration }) =>
        html`<li>${say("print:source", {
          layer: sentence(title, tongue),
          publisher: sentence(publisher, tongue),
          licence,
          updated: dateWords(updated, lang),
        })} ${
          demonstration
            ? html`<span class="badge badge-demonstration">${say("page:demonstration")}</span>`
            : nothing
        }</li>`,
    )}</ul>
  </details>`;
}
