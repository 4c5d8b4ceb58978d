// A legend swatch: the coats of a look as a small drawing.
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import type { Coat, Look } from "./look";

const WIDTH = 28;
const HEIGHT = 20;

/** A swatch of how a feature is drawn. It says nothing to those who hear the page: its words do. */
export function swatch(look: Look): TemplateResult {
  const area = look.some((coat) => coat.type === "fill");
  const alone = look.every((coat) => coat.type === "text");
  return html`<svg
    class=${alone ? "swatch swatch-alone" : "swatch"}
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    width=${WIDTH}
    height=${HEIGHT}
    aria-hidden="true"
    focusable="false"
  >${look.map((coat) => draw(coat, area))}</svg>`;
}

function draw(coat: Coat, area: boolean): SVGTemplateResult {
  switch (coat.type) {
    case "fill":
      return svg`<rect x="2" y="2" width=${WIDTH - 4} height=${HEIGHT - 4} rx="2"
        fill=${coat.color} fill-opacity=${coat.opacity}
        stroke=${coat.outline ?? nothing} stroke-width=${coat.outline ? 1 : nothing} />`;
    case "line":
      return area ? edge(coat) : stretch(coat);
    case "circle":
      return svg`<circle cx=${WIDTH / 2} cy=${HEIGHT / 2} r=${clamp(coat.radius, 2.5, HEIGHT / 2 - 2)}
        fill=${coat.color} fill-opacity=${coat.opacity}
        stroke=${coat.stroke} stroke-opacity=${coat.strokeOpacity}
        stroke-width=${clamp(coat.strokeWidth, 0, 2.5)} />`;
    case "text":
      return svg`<text class=${coat.text.length > 1 ? "swatch-sign swatch-pair" : "swatch-sign"} x=${WIDTH / 2} y=${HEIGHT / 2 - 0.5}
        fill=${coat.color} fill-opacity=${coat.opacity}
        text-anchor="middle" dominant-baseline="central">${coat.text}</text>`;
  }
}

type LineCoat = Extract<Coat, { type: "line" }>;

/** The edge of an area. */
function edge(coat: LineCoat): SVGTemplateResult {
  return svg`<rect x="2" y="2" width=${WIDTH - 4} height=${HEIGHT - 4} rx="2" fill="none"
    stroke=${coat.color} stroke-opacity=${coat.opacity}
    stroke-width=${thickness(coat)} stroke-dasharray=${dashes(coat)} />`;
}

function stretch(coat: LineCoat): SVGTemplateResult {
  return svg`<line x1="2" x2=${WIDTH - 2} y1=${HEIGHT / 2} y2=${HEIGHT / 2}
    stroke=${coat.color} stroke-opacity=${coat.opacity}
    stroke-width=${thickness(coat)} stroke-dasharray=${dashes(coat)} />`;
}

function thickness({ width }: LineCoat): number {
  return clamp(width, 0.75, 4);
}

function dashes(coat: LineCoat): string | typeof nothing {
  return coat.dash ? coat.dash.map((part) => part * thickness(coat)).join(" ") : nothing;
}

function clamp(x: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, x));
}
