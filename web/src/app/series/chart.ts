// A small chart: dots joined where periods follow each other, gaps where nothing was recorded, and
// the plan's target as a dashed line. Words and a table stand beside it: it is never the only way.
import { scaleLinear, scaleUtc } from "d3-scale";
import { line } from "d3-shape";
import { nothing, type SVGTemplateResult, svg } from "lit";
import { type Lang, LOCALE } from "../../text";
import { latest, type Point, type Series, type Target } from "./series";

export interface Chart {
  series: Series;
  target: Target | null;
  /** What the chart shows, for those who hear it. */
  label: string;
  lang: Lang;
  /** Pixels. */
  width: number;
  height: number;
}

const EDGE = { top: 10, right: 12, bottom: 18, left: 38 };

export function chart({ series, target, label, lang, width, height }: Chart): SVGTemplateResult {
  const { points } = series;
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const bounds = [...values, ...(target ? [target.value] : [])];
  const [min, max] = [Math.min(...bounds), Math.max(...bounds)];
  // The axis starts at zero unless that would press the line flat.
  const low = min > max / 2 ? min : Math.min(0, min);
  const y = scaleLinear()
    .domain(low === max ? [low - 1, max + 1] : [low, max])
    .nice(3)
    .range([height - EDGE.bottom, EDGE.top]);
  const [first, last] = [points.at(0)?.at ?? 0, points.at(-1)?.at ?? 0];
  const x = scaleUtc()
    .domain(first === last ? [first - 1, last + 1] : [first, last])
    .range([EDGE.left, width - EDGE.right]);
  const path = line<Point>()
    .defined(({ value }) => value !== null)
    .x(({ at }) => x(at))
    .y(({ value }) => y(value ?? 0));
  const now = latest(series);
  const number = new Intl.NumberFormat(LOCALE[lang]);
  return svg`
    <svg class="chart" role="img" aria-label=${label} viewBox="0 0 ${width} ${height}">
      ${y.ticks(3).map(
        (tick) => svg`
          <line class="chart-grid" x1=${EDGE.left} x2=${width - EDGE.right} y1=${y(tick)} y2=${y(tick)} />
          <text class="chart-tick" x=${EDGE.left - 6} y=${y(tick) + 3} text-anchor="end">${number.format(tick)}</text>`,
      )}
      ${ends(points).map(
        ({ at }, place) => svg`
          <text class="chart-tick" x=${x(at)} y=${height - 4}
            text-anchor=${first === last ? "middle" : place === 0 ? "start" : "end"}>${periodWords(at, series.step, lang)}</text>`,
      )}
      ${
        target
          ? svg`<line class="chart-target" x1=${EDGE.left} x2=${width - EDGE.right} y1=${y(target.value)} y2=${y(target.value)} />`
          : nothing
      }
      <path class="chart-line" d=${path(points) ?? ""} />
      ${points.map(({ at, value }) =>
        value === null || (points.length > 24 && at !== now?.at)
          ? nothing
          : svg`<circle class=${at === now?.at ? "chart-now" : "chart-dot"} cx=${x(at)} cy=${y(value)} r=${at === now?.at ? 4 : 2.5} />`,
      )}
    </svg>`;
}

function ends(points: readonly Point[]): Point[] {
  const [first, last] = [points.at(0), points.at(-1)];
  if (!first || !last) return [];
  return first.at === last.at ? [first] : [first, last];
}

/** A year, month or day in words, short. */
export function periodWords(at: number, step: Series["step"], lang: Lang): string {
  return new Intl.DateTimeFormat(LOCALE[lang], {
    timeZone: "UTC",
    year: "numeric",
    ...(step === "year" ? {} : { month: "short" }),
    ...(step === "other" ? { day: "numeric" } : {}),
  }).format(at);
}
