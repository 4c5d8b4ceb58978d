// What was found, ring by ring: features with their numbers, and once what rules say of them.
import { html, nothing, type TemplateResult } from "lit";
import type { Basis, Finding, Step, Words } from "../../api/screening";
import { icon } from "../../map/icon";
import type { Tongue } from "../../text";
import { type Shown, VERDICT_ICONS } from "./answer";
import type { Block, Entry, RingGroup } from "./entries";
import { sentence, whereabouts } from "./phrases";

/** As many features of a block as are shown at first. */
const FEW = 6;

export function findings(shown: Shown): TemplateResult {
  const { say } = shown.tongue;
  const n =
    shown.entries.length + shown.groups.flatMap(({ blocks }) => blocks).filter(ofParcel).length;
  return html`<section class="findings">
    <h3>${n > 0 ? say("screening:findings_n", { n }) : say("screening:findings")}</h3>
    ${n === 0 ? html`<p>${say("screening:findings_none")}</p>` : nothing}
    ${shown.groups.map((group) => ringPart(group, shown))}
  </section>`;
}

function ofParcel({ entries }: Block): boolean {
  return entries.length === 0;
}

function ringPart({ ring, title, blocks }: RingGroup, shown: Shown): TemplateResult {
  const words = title ? sentence(title, shown.tongue) : shown.tongue.say("screening:on_parcel");
  return html`<section class="ring" data-ring=${ring ?? "parcel"}>
    <h4>${words}</h4>
    ${blocks.map((block) => blockPart(block, shown))}
  </section>`;
}

function blockPart(block: Block, shown: Shown): TemplateResult {
  const { entries, rules } = block;
  const { say } = shown.tongue;
  const [first] = entries;
  const name = `block-${first?.number}`;
  const few = shown.opened.has(name) || entries.length <= FEW + 1 ? entries : entries.slice(0, FEW);
  const worst = rules[0]?.verdict ?? "none";
  return html`<div class="block" data-verdict=${worst} data-ruled=${rules.length > 0}>
    ${
      first
        ? html`<p class="block-layer">${shown.titleOf(first.layer)}</p>
          <ul class="entries">${few.map((entry) => entryPart(entry, shown))}</ul>`
        : nothing
    }
    ${
      few.length < entries.length
        ? html`<button type="button" class="link" @click=${() => shown.open(name)}
          >${say("screening:noted_more", { n: entries.length - few.length })}</button>`
        : nothing
    }
    ${rules.map((finding) => rulePart(finding, block, shown.tongue))}
    ${
      rules.length === 0 && first
        ? html`<p class="tool-hint">${say("screening:no_rule")}</p>`
        : nothing
    }
  </div>`;
}

function entryPart(entry: Entry, shown: Shown): TemplateResult {
  const { number, found } = entry;
  const { tongue } = shown;
  const { say } = tongue;
  const name = found.name || say("screening:unnamed");
  const remarks = [
    ...new Set(entry.findings.flatMap((f) => f.remarks.map((words) => sentence(words, tongue)))),
  ];
  return html`<li class="entry" data-entry=${number} data-active=${number === shown.active}>
    <span class="entry-mark" aria-hidden="true">${number}</span>
    <div>
      <p class="entry-head">
        <button type="button" class="link entry-name" aria-label=${say("screening:show_on_map", { name })}
          aria-current=${number === shown.active ? "true" : nothing}
          @click=${() => shown.see(entry)}>${name}</button>
        <button type="button" class="link entry-record" aria-label=${`${say("screening:record")}: ${name}`}
          @click=${() => shown.record(entry)}>${say("screening:record")}</button>
      </p>
      <p class="entry-where">${whereabouts(found, tongue).join(" · ")}</p>
      ${remarks.map((words) => html`<p class="entry-remark">${words}</p>`)}
    </div>
  </li>`;
}

function rulePart(finding: Finding, { entries }: Block, tongue: Tongue): TemplateResult {
  const { say } = tongue;
  const { rule, verdict, basis, next_step, deadline, steps } = finding;
  // What rules say of the parcel has no feature whose remarks would tell.
  const remarks = entries.length === 0 ? finding.remarks : [];
  return html`<div class="rule">
    <p class="rule-head">
      ${
        verdict
          ? html`<span class="verdict-tag" data-verdict=${verdict}>${icon(VERDICT_ICONS[verdict])}${say(
              `screening:${verdict}`,
            )}</span>`
          : nothing
      }
      <strong>${rule ? sentence(rule.title, tongue) : nothing}</strong>
    </p>
    <p>${sentence(finding.sentence, tongue)}</p>
    ${remarks.map((words) => html`<p class="entry-remark">${sentence(words, tongue)}</p>`)}
    <dl>
      ${row(say("screening:next_step"), next_step, tongue)}
      ${row(say("screening:deadline"), deadline, tongue)}
      ${basis ? basisRow(basis, tongue) : nothing}
      ${chain(finding, entries, tongue)}
    </dl>
    ${steps.length > 0 ? following(steps, tongue) : nothing}
  </div>`;
}

function row(term: string, words: Words | null, tongue: Tongue): TemplateResult | typeof nothing {
  if (!words) return nothing;
  return html`<div><dt>${term}</dt><dd>${sentence(words, tongue)}</dd></div>`;
}

/** The article, and whether its text was read. */
function basisRow({ article, read }: Basis, tongue: Tongue): TemplateResult {
  const { say } = tongue;
  return html`<div><dt>${say("screening:article")}</dt><dd>${sentence(article, tongue)}
    ${read === "primary" ? nothing : html`<span class="unread">${say(`screening:read_${read}`)}</span>`}
  </dd></div>`;
}

/** Source, pathway and receptor; of several features the source is each of them. */
function chain(
  { source, pathway, receptor }: Finding,
  entries: readonly Entry[],
  tongue: Tongue,
): TemplateResult | typeof nothing {
  const { say } = tongue;
  const unknown = say("screening:chain_unknown");
  const words = (part: Words | null) => (part ? sentence(part, tongue) : unknown);
  const sources = new Set(
    entries.flatMap(({ findings: all }) => all.map((f) => (f.source ? words(f.source) : null))),
  );
  const own = sources.size > 1 ? say("screening:each_of_these") : words(source);
  if (!source && !pathway && !receptor) return nothing;
  return html`<div><dt>${say("screening:chain")}</dt><dd>
    <span class="unseen">${say("screening:chain_source")}: </span>${own}
    <span class="chain-to" aria-hidden="true">→</span>
    <span class="unseen">${say("screening:chain_pathway")}: </span>${words(pathway)}
    <span class="chain-to" aria-hidden="true">→</span>
    <span class="unseen">${say("screening:chain_receptor")}: </span>${words(receptor)}
  </dd></div>`;
}

/** What follows under other rules. */
function following(steps: readonly Step[], tongue: Tongue): TemplateResult {
  const { say } = tongue;
  return html`<div class="steps">
    <p class="steps-head">${say("screening:steps")}</p>
    <ol>${steps.map(
      ({ sentence: what, next_step, deadline, basis }) => html`<li>
        <p>${sentence(next_step ?? what, tongue)}</p>
        <p class="tool-hint">${deadline ? html`${sentence(deadline, tongue)} · ` : nothing}${sentence(
          basis.article,
          tongue,
        )}
        ${basis.read === "primary" ? nothing : html`<span class="unread">${say(`screening:read_${basis.read}`)}</span>`}</p>
      </li>`,
    )}</ol>
  </div>`;
}
