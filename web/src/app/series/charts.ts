// The values over time that belong to a feature: a chart for each, with its span in words.
import { html, type TemplateResult } from "lit";
import type { Properties, Schema } from "../../api/types";
import { measure, titleOf } from "../../map/words";
import { HTML_LANG, type Tongue } from "../../text";
import { chart, periodWords } from "./chart";
import { latest, type Series, seriesOf } from "./series";

/** Charts of a table's value fields, in their order. */
export function seriesCharts(
  rows: readonly Properties[],
  { time, values }: { time: string; values: readonly string[] },
  schema: Schema,
  tongue: Tongue,
): TemplateResult {
  const charts = values.map((field) => {
    const series = seriesOf(rows, time, field);
    const unit = schema.properties[field]?.["x-onemap-unit"];
    const words = (value: number) => measure(value, unit, tongue.lang);
    const title = titleOf(field, schema);
    return html`<figure class="series" data-field=${field}>
      <figcaption><strong>${title}</strong> <span>${span(series, words, tongue)}</span></figcaption>
      ${
        latest(series)
          ? chart({
              series,
              target: null,
              label: tongue.say("time:chart", { title, points: heard(series, words, tongue) }),
              lang: tongue.lang,
              width: 320,
              height: 96,
            })
          : ""
      }
    </figure>`;
  });
  return html`<div class="series-list">${charts}</div>`;
}

function span(series: Series, words: (value: number) => string, { say, lang }: Tongue): string {
  const last = latest(series);
  const [first, end] = [series.points.at(0), series.points.at(-1)];
  if (!last || !first || !end) return say("time:no_values");
  return say("time:span", {
    first: periodWords(first.at, series.step, lang),
    last: periodWords(end.at, series.step, lang),
    value: words(last.value),
  });
}

/** The last dozen values as a sentence, for those who hear the chart. */
function heard(series: Series, words: (value: number) => string, { say, lang }: Tongue): string {
  const told = series.points.slice(-12).flatMap(({ at, value }) =>
    value === null
      ? []
      : [
          say("time:chart_point", {
            period: periodWords(at, series.step, lang),
            value: words(value),
          }),
        ],
  );
  const gaps = series.points.filter(({ value }) => value === null).length;
  if (gaps > 0) told.push(say("time:chart_gap", { n: gaps }));
  return new Intl.ListFormat(HTML_LANG[lang], { style: "short", type: "unit" }).format(told);
}
