// The plan board: each target with its series as a small chart, its status, source and date.
import { html, nothing, type TemplateResult } from "lit";
import { ServerError } from "../../api/client";
import { HTML_LANG, type Tongue, tongue } from "../../text";
import { errorWords } from "../errors";
import { chart, periodWords } from "../series/chart";
import { latest } from "../series/series";
import { SidePage } from "../side-page";
import {
  type Indicator,
  type Plan,
  readPlan,
  type Status,
  targetWords,
  valueWords,
} from "./indicators";

type Asked = "waiting" | ServerError | { plan: Plan | null };

const MARKS: Readonly<Record<Status, string>> = {
  reached: "●",
  short: "▲",
  no_values: "○",
  no_target: "–",
};

export class PlanBoard extends SidePage {
  static override properties = {
    ...SidePage.properties,
    asked: { attribute: false },
    asTable: { attribute: false },
  };

  declare asked: Asked;
  declare asTable: boolean;

  constructor() {
    super();
    this.asked = "waiting";
    this.asTable = false;
  }

  protected override async load(): Promise<void> {
    const { api, lang } = this;
    try {
      const plan = await readPlan(api, lang);
      if (lang === this.lang) this.asked = { plan };
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      this.asked = error;
    }
  }

  protected override render(): TemplateResult {
    const mouth = tongue(this.lang);
    const { say } = mouth;
    const plan = typeof this.asked === "object" && "plan" in this.asked ? this.asked.plan : null;
    const title = plan ? say("plan:title_of", { district: plan.district }) : say("plan:title");
    const demonstration = plan?.layer.onemap.provenance.demonstration ?? false;
    return html`
      ${this.head(title, say("plan:about"), demonstration)}
      <main class="plan">${this.#content(mouth)}</main>
      ${plan ? foot(plan, mouth) : nothing}`;
  }

  #content(mouth: Tongue): TemplateResult {
    const { say } = mouth;
    if (this.asked === "waiting") return html`<p role="status">${say("plan:loading")}</p>`;
    if (this.asked instanceof ServerError) {
      return html`<p role="alert"><strong>${say("plan:failed")}</strong> ${errorWords(this.asked, say)}</p>`;
    }
    const { plan } = this.asked;
    if (!plan) return html`<p role="status">${say("plan:none")}</p>`;
    const count = (status: Status) =>
      plan.indicators.filter((indicator) => indicator.status === status).length;
    const counts = {
      n: plan.indicators.length,
      reached: count("reached"),
      short: count("short"),
      open: count("no_values") + count("no_target"),
    };
    return html`
      <div class="plan-bar">
        <p>${say("plan:summary", counts)}</p>
        <div class="switch" role="group" aria-label=${say("plan:view")}>
          ${[false, true].map(
            (table) => html`<button type="button" aria-pressed=${table === this.asTable}
              @click=${() => {
                this.asTable = table;
              }}>${say(table ? "plan:as_table" : "plan:as_cards")}</button>`,
          )}
        </div>
      </div>
      ${
        this.asTable
          ? planTable(plan, mouth)
          : html`<ul class="plan-cards">${plan.indicators.map((indicator) => card(indicator, mouth))}</ul>`
      }`;
  }
}

function status({ status }: Indicator, { say }: Tongue): TemplateResult {
  return html`<span class="plan-status" data-status=${status}>
    <span aria-hidden="true">${MARKS[status]}</span> ${say(`plan:status_${status}`)}</span>`;
}

function card(indicator: Indicator, mouth: Tongue): TemplateResult {
  const { say } = mouth;
  const facts: [string, string][] = [
    [say("plan:target"), targetWords(indicator, mouth)],
    [say("plan:latest"), latestWords(indicator, mouth)],
    [say("plan:basis"), indicator.basis],
    [say("plan:document"), indicator.document],
    [say("plan:source"), indicator.source],
  ];
  return html`<li class="plan-card" data-indicator=${indicator.id}>
    <p class="plan-theme">${indicator.theme}</p>
    <h2>${indicator.name}</h2>
    ${status(indicator, mouth)}
    ${
      indicator.status === "no_values"
        ? html`<p class="plan-empty">${say("plan:no_values")}</p>`
        : chart({
            series: indicator.series,
            target: indicator.target,
            label: heard(indicator, mouth),
            lang: mouth.lang,
            width: 320,
            height: 132,
          })
    }
    <dl>${facts.map(([term, words]) => (words ? html`<div><dt>${term}</dt><dd>${words}</dd></div>` : nothing))}</dl>
  </li>`;
}

/** The chart as a sentence, for those who hear it. */
function heard(indicator: Indicator, mouth: Tongue): string {
  const { say, lang } = mouth;
  const { points, step } = indicator.series;
  const told = points.flatMap(({ at, value }) =>
    value === null
      ? []
      : [
          say("plan:chart_point", {
            period: periodWords(at, step, lang),
            value: valueWords(value, indicator.unit, mouth),
          }),
        ],
  );
  const gaps = points.length - told.length;
  if (gaps > 0) told.push(say("plan:chart_gap", { n: gaps }));
  const target = indicator.target
    ? say("plan:chart_target", { target: targetWords(indicator, mouth) })
    : "";
  const list = new Intl.ListFormat(HTML_LANG[lang], { style: "short", type: "unit" });
  return say("plan:chart", { name: indicator.name, points: list.format(told), target });
}

function latestWords({ series, unit }: Indicator, mouth: Tongue): string {
  const last = latest(series);
  if (!last) return mouth.say("plan:not_recorded");
  return mouth.say("plan:latest_at", {
    value: valueWords(last.value, unit, mouth),
    period: periodWords(last.at, series.step, mouth.lang),
  });
}

function planTable({ indicators }: Plan, mouth: Tongue): TemplateResult {
  const { say, lang } = mouth;
  const years = [...new Set(indicators.flatMap(({ series }) => series.points.map(({ at }) => at)))];
  years.sort((a, b) => a - b);
  const value = ({ series, unit }: Indicator, year: number) => {
    const known = series.points.find(({ at }) => at === year)?.value;
    return known === null || known === undefined
      ? say("plan:not_recorded")
      : valueWords(known, unit, mouth);
  };
  return html`<div class="plan-table" tabindex="0" role="region" aria-label=${say("plan:as_table")}>
    <table>
      <thead><tr>
        <th scope="col">${say("plan:indicator")}</th><th scope="col">${say("plan:target")}</th>
        <th scope="col">${say("plan:status")}</th>
        ${years.map((at) => html`<th scope="col">${periodWords(at, "year", lang)}</th>`)}
        <th scope="col">${say("plan:basis")}</th><th scope="col">${say("plan:source")}</th>
      </tr></thead>
      <tbody>${indicators.map(
        (indicator) => html`<tr>
          <th scope="row">${indicator.name}</th><td>${targetWords(indicator, mouth)}</td>
          <td>${status(indicator, mouth)}</td>
          ${years.map((at) => html`<td class="number">${value(indicator, at)}</td>`)}
          <td>${indicator.basis}</td><td>${indicator.source}</td>
        </tr>`,
      )}</tbody>
    </table>
  </div>`;
}

function foot({ layer, mapReviewNumber }: Plan, { say }: Tongue): TemplateResult {
  const { publisher, licence, updated } = layer.onemap.provenance;
  return html`<footer class="plan-foot">
    <span>${publisher}</span><span>${licence}</span><span>${say("plan:updated")} ${updated}</span>
    ${mapReviewNumber ? html`<span>${mapReviewNumber}</span>` : nothing}
  </footer>`;
}

customElements.define("om-plan", PlanBoard);
