// The code that other sites paste, from what a person chose.
import type { Lang } from "../../api/types";
import { type Datum, toWgs84 } from "../../map/datum";
import type { Control } from "../../widget/settings";

/** What a person chose. What is null or empty is left to the map. */
export interface Choice {
  layers: readonly string[] | null;
  /** Where the map looks; its degrees are those of `datum`. */
  place: { zoom: number; center: readonly [number, number] } | null;
  lang: Lang | null;
  theme: "light" | "dark" | null;
  controls: readonly Control[];
  /** As OGC's `datetime`; null: all times. */
  time: string | null;
  datum: Datum;
  /** CSS pixels; null: all the width there is. */
  width: number | null;
  height: number;
}

/** What stands in the code besides: whose server, and the words of the map. */
export interface Around {
  /** The server's address with a slash at its end. */
  server: string;
  title: string;
  /** The layers of the map, topmost first. */
  order: readonly string[];
  /** The titles of the chosen layers in a row, for readers without scripts. */
  layers: string;
}

const EVERY = 4;

/** The frame. */
export function iframe(choice: Choice, { server, title }: Around): string {
  const src = `${server}embed${query(choice)}`;
  return `<iframe src="${escaped(src)}"
  width="${choice.width ?? "100%"}" height="${choice.height}" title="${escaped(title)}"
  loading="lazy" frameborder="0" allowfullscreen></iframe>`;
}

/** The element, with what stands in for it until it is there, and without scripts. */
export function component(choice: Choice, around: Around): string {
  const attributes = attributesOf(choice).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const names = around.layers === "" ? "" : ` – ${escaped(around.layers)}`;
  return `<script type="module" src="${escaped(around.server)}widget.js"></script>
<one-map${attributes.join("")}>
  <a href="${escaped(address(choice, around))}">${escaped(around.title)}</a>${names}
</one-map>`;
}

/** The address of the same view on the full map. */
export function address(choice: Choice, { server, order }: Around): string {
  const hash: string[] = [];
  if (choice.place) {
    const [lon, lat] = toWgs84(choice.datum, [...choice.place.center]);
    hash.push(`map=${place(choice.place.zoom, lat, lon)}`);
  }
  // What comes first there lies on top.
  const at = (id: string) => order.indexOf(id);
  const layers = choice.layers && [...choice.layers].sort((a, b) => at(a) - at(b));
  if (layers) hash.push(`layers=${layers.join(",")}`);
  if (choice.time) hash.push(`time=${choice.time}`);
  if (choice.lang) hash.push(`lang=${choice.lang}`);
  return `${server}app${hash.length > 0 ? `#${hash.join("&")}` : ""}`;
}

/** What the page around must allow, as directives of its Content-Security-Policy. */
export function policies({ server }: Pick<Around, "server">): {
  iframe: string;
  component: string;
} {
  const { origin } = new URL(server);
  return {
    iframe: `frame-src ${origin}`,
    component: `script-src ${origin}; connect-src ${origin}; worker-src blob:`,
  };
}

/** The attributes of the element. */
export function attributesOf(choice: Choice): [string, string][] {
  const { layers, place, lang, theme, time, datum, width, height } = choice;
  const said: [string, string | null][] = [
    ["layers", layers?.join(",") ?? null],
    ["center", place ? place.center.map((degrees) => degrees.toFixed(5)).join(",") : null],
    ["zoom", place ? place.zoom.toFixed(2) : null],
    ["controls", controls(choice)],
    ["time", time],
    ["datum", datum === "wgs84" ? null : datum],
    ["theme", theme],
    ["lang", lang],
    ["width", width === null ? null : String(width)],
    ["height", String(height)],
  ];
  return said.flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, value]],
  );
}

function query(choice: Choice): string {
  const { layers, time, datum, theme, lang } = choice;
  const said: [string, string | null][] = [
    ["layers", layers?.join(",") ?? null],
    [
      "map",
      choice.place && place(choice.place.zoom, choice.place.center[1], choice.place.center[0]),
    ],
    ["time", time],
    ["datum", datum === "wgs84" ? null : datum],
    ["controls", controls(choice)],
    ["theme", theme],
    ["lang", lang],
  ];
  const parts = said.flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]));
  return parts.length > 0 ? `?${parts.join("&")}` : "";
}

function controls({ controls: chosen }: Choice): string | null {
  if (chosen.length === EVERY) return null;
  return chosen.length === 0 ? "none" : chosen.join(",");
}

function place(zoom: number, lat: number, lon: number): string {
  return `${zoom.toFixed(2)}/${lat.toFixed(5)}/${lon.toFixed(5)}`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
