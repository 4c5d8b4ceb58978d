// A layer's legend as people read it: swatches with words.
import { html, nothing, type TemplateResult } from "lit";
import type { Scalar, Schema } from "../api/types";
import type { Tongue } from "../text";
import type { LegendEntry, LegendGroup, Meaning } from "./legend";
import { swatch } from "./swatch";
import { allMeant, meaningWords, titleOf } from "./words";

/** Longer lists begin folded, and show as many while they are. */
const FOLD_AT = 12;

/** Which long lists are unfolded, and how one is turned. */
export interface Folding {
  layer: string;
  /** `layer/field` of those that are open. */
  unfolded: ReadonlySet<string>;
  turn(key: string): void;
}

/** The swatch beside a layer's title, if one says all. */
export function soleSwatch(legend: readonly LegendGroup[]): TemplateResult | typeof nothing {
  const entry = legend.find((group) => group.entries[0]?.meaning.kind === "everything")?.entries[0];
  return entry ? swatch(entry.look) : nothing;
}

/** Everything else of the legend; empty: nothing to say. */
export function legendLists(
  legend: readonly LegendGroup[],
  schema: Schema | null,
  folding: Folding,
  tongue: Tongue,
): TemplateResult[] {
  return legend
    .map((group) => ({
      ...group,
      entries: group.entries.filter(
        ({ meaning }) => meaning.kind !== "everything" && canBe(meaning, schema),
      ),
    }))
    .filter((group) => group.entries.length > 0)
    .map((group) => list(group, schema, folding, tongue));
}

/** Whether a feature may be so: of a field that is always recorded none is "not recorded". */
function canBe(meaning: Meaning, schema: Schema | null): boolean {
  if (meaning.kind !== "others" && meaning.kind !== "not-recorded") return true;
  const { type, oneOf } = schema?.properties[meaning.field] ?? {};
  const listed = oneOf?.filter((code) => code.const !== null);
  if (meaning.kind === "others" && meaning.presence && listed)
    return !listed.every((code) => isIn(meaning.known, code.const));
  if (type === undefined || [type].flat().includes("null")) return true;
  return meaning.kind === "others" && !oneOf?.every((code) => isIn(meaning.known, code.const));
}

function isIn(known: Scalar[], code: Scalar | null): boolean {
  return code !== null && known.includes(code);
}

function list(
  { field, entries }: LegendGroup,
  schema: Schema | null,
  { layer, unfolded, turn }: Folding,
  tongue: Tongue,
): TemplateResult {
  const { say } = tongue;
  const key = `${layer}/${field}`;
  const long = entries.length > FOLD_AT;
  const open = unfolded.has(key);
  return html`<div class="legend">
    ${field === null ? nothing : html`<p class="legend-title">${titleOf(field, schema)}</p>`}
    <ul class=${long && !open ? "legend-rows folded" : "legend-rows"}>
      ${entries.map((entry) => row(entry, schema, tongue))}
    </ul>
    ${
      long
        ? html`<button
            type="button"
            class="link"
            aria-expanded=${open}
            @click=${() => turn(key)}
          >${open ? say("legend:less") : say("legend:more", { n: entries.length })}</button>`
        : nothing
    }
  </div>`;
}

function row(entry: LegendEntry, schema: Schema | null, tongue: Tongue): TemplateResult {
  const all = allMeant(entry.meaning, schema, tongue) ?? nothing;
  const words = meaningWords(entry.meaning, schema, tongue);
  return html`<li>${swatch(entry.look)}<span title=${all}>${words}</span></li>`;
}
