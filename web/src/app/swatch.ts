// A legend swatch: the coats of a look as a small drawing.
import type { Coat, Look } from "../map/look";
import { svg } from "./dom";

const WIDTH = 28;
const HEIGHT = 20;

/** A swatch of how a feature is drawn. It says nothing to those who hear the page: its words do. */
export function swatch(look: Look): SVGSVGElement {
  const area = look.some((coat) => coat.type === "fill");
  const alone = look.every((coat) => coat.type === "text");
  return svg(
    "svg",
    {
      class: alone ? "swatch swatch-alone" : "swatch",
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      width: String(WIDTH),
      height: String(HEIGHT),
      "aria-hidden": "true",
      focusable: "false",
    },
    ...look.map((coat) => draw(coat, area)),
  );
}

function draw(coat: Coat, area: boolean): SVGElement {
  switch (coat.type) {
    case "fill":
      return box({
        fill: coat.color,
        "fill-opacity": String(coat.opacity),
        ...(coat.outline ? { stroke: coat.outline, "stroke-width": "1" } : {}),
      });
    case "line":
      return area ? box({ fill: "none", ...stroke(coat) }) : stretch(stroke(coat));
    case "circle":
      return svg("circle", {
        cx: String(WIDTH / 2),
        cy: String(HEIGHT / 2),
        r: String(clamp(coat.radius, 2.5, HEIGHT / 2 - 2)),
        fill: coat.color,
        "fill-opacity": String(coat.opacity),
        stroke: coat.stroke,
        "stroke-opacity": String(coat.strokeOpacity),
        "stroke-width": String(clamp(coat.strokeWidth, 0, 2.5)),
      });
    case "text":
      return svg(
        "text",
        {
          x: String(WIDTH / 2),
          y: String(HEIGHT / 2 - 0.5),
          fill: coat.color,
          "fill-opacity": String(coat.opacity),
          "text-anchor": "middle",
          "dominant-baseline": "central",
          class: "swatch-sign",
        },
        coat.text,
      );
  }
}

type Stroke = Record<string, string>;

function stroke(coat: Extract<Coat, { type: "line" }>): Stroke {
  const width = clamp(coat.width, 0.75, 4);
  return {
    stroke: coat.color,
    "stroke-opacity": String(coat.opacity),
    "stroke-width": String(width),
    ...(coat.dash ? { "stroke-dasharray": coat.dash.map((part) => part * width).join(" ") } : {}),
  };
}

function box(style: Stroke): SVGElement {
  return svg("rect", {
    x: "2",
    y: "2",
    width: String(WIDTH - 4),
    height: String(HEIGHT - 4),
    rx: "2",
    ...style,
  });
}

function stretch(style: Stroke): SVGElement {
  const middle = String(HEIGHT / 2);
  return svg("line", { x1: "2", x2: String(WIDTH - 2), y1: middle, y2: middle, ...style });
}

function clamp(x: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, x));
}
