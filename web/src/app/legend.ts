// A layer's legend in the panel: swatches with words.
import type { Scalar, Schema } from "../api/types";
import type { LegendEntry, LegendGroup, Meaning } from "../map/legend";
import { allMeant, meaningWords, titleOf } from "../map/words";
import type { Tongue } from "../text";
import { h } from "./dom";
import { swatch } from "./swatch";

/** Longer lists begin folded. */
const FOLD_AT = 12;

/** The swatch beside a layer's title, if one says all. */
export function soleSwatch(legend: readonly LegendGroup[]): SVGSVGElement | null {
  const entry = legend.find((group) => group.entries[0]?.meaning.kind === "everything")?.entries[0];
  return entry ? swatch(entry.look) : null;
}

/** Everything else of the legend; empty: nothing to say. `unfolded` keeps which long lists are open. */
export function legendLists(
  legend: readonly LegendGroup[],
  schema: Schema | null,
  fold: { layer: string; unfolded: Set<string> },
  tongue: Tongue,
): HTMLElement[] {
  return legend
    .map((group) => ({
      ...group,
      entries: group.entries.filter(
        ({ meaning }) => meaning.kind !== "everything" && canBe(meaning, schema),
      ),
    }))
    .filter((group) => group.entries.length > 0)
    .map((group) => list(group, schema, fold, tongue));
}

/** Whether a feature may be so: of a field that is always recorded none is "not recorded". */
function canBe(meaning: Meaning, schema: Schema | null): boolean {
  if (meaning.kind !== "others" && meaning.kind !== "not-recorded") return true;
  const { type, oneOf } = schema?.properties[meaning.field] ?? {};
  if (type === undefined || [type].flat().includes("null")) return true;
  return meaning.kind === "others" && !oneOf?.every((code) => isIn(meaning.known, code.const));
}

function isIn(known: Scalar[], code: Scalar | null): boolean {
  return code !== null && known.includes(code);
}

function list(
  { field, entries }: LegendGroup,
  schema: Schema | null,
  { layer, unfolded }: { layer: string; unfolded: Set<string> },
  tongue: Tongue,
): HTMLElement {
  const rows = h("ul", { class: "legend-rows" }, ...entries.map((e) => row(e, schema, tongue)));
  const key = `${layer}/${field}`;
  return h(
    "div",
    { class: "legend" },
    field === null ? null : h("p", { class: "legend-title" }, titleOf(field, schema)),
    rows,
    entries.length > FOLD_AT && foldButton(rows, key, unfolded, tongue),
  );
}

function row(entry: LegendEntry, schema: Schema | null, tongue: Tongue): HTMLElement {
  return h(
    "li",
    {},
    swatch(entry.look),
    h(
      "span",
      { title: allMeant(entry.meaning, schema, tongue) },
      meaningWords(entry.meaning, schema, tongue),
    ),
  );
}

function foldButton(
  rows: HTMLElement,
  key: string,
  unfolded: Set<string>,
  { say }: Tongue,
): HTMLElement {
  const n = rows.childElementCount;
  const button = h("button", { type: "button", class: "link", "data-key": `fold-${key}` });
  const dress = () => {
    const open = unfolded.has(key);
    rows.classList.toggle("folded", !open);
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? say("legend:less") : say("legend:more", { n });
  };
  button.addEventListener("click", () => {
    if (!unfolded.delete(key)) unfolded.add(key);
    dress();
  });
  dress();
  return button;
}
