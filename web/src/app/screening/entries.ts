// What a screening has found, as it is listed: ring by ring, what several features have in common said
// once, and a number for each that the map shows too.
import type { Finding, Screening, Verdict, Words } from "../../api/screening";

/** The most severe first. */
export const SEVERITY: readonly Verdict[] = [
  "prohibited",
  "construction_barred",
  "survey_required",
  "attention",
  "incomplete",
  "no_known_trigger",
];

/** A feature that was found, with all that rules say of it. */
export interface Entry {
  /** Its number in the list and on the map. */
  number: number;
  layer: string;
  feature: number;
  /** Where it is; the same in all its findings. */
  found: Finding;
  findings: readonly Finding[];
}

/** Features of one layer of which the same rules say the same; none: the rules speak of the parcel. */
export interface Block {
  entries: Entry[];
  /** What is said, once; empty: no rule speaks of them. */
  rules: readonly Finding[];
}

/** What stands in one ring; without one it is about the parcel itself. */
export interface RingGroup {
  ring: string | null;
  title: Words | null;
  blocks: Block[];
}

/** Rings in order of distance, the parcel itself before them. */
export function ringGroups({ findings }: Pick<Screening, "findings">): RingGroup[] {
  const rings = [...new Set(findings.map(({ ring }) => ring))];
  rings.sort((a, b) => outerEdge(a) - outerEdge(b));
  let number = 0;
  return rings.map((ring) => {
    const own = findings.filter((finding) => finding.ring === ring);
    const title = own.find(({ ring_title }) => ring_title)?.ring_title ?? null;
    const blocks = blocksOf(own);
    for (const block of blocks) {
      for (const entry of block.entries) {
        number += 1;
        entry.number = number;
      }
    }
    return { ring, title, blocks };
  });
}

/** Every feature with a number. */
export function entriesOf(groups: readonly RingGroup[]): Entry[] {
  return groups.flatMap(({ blocks }) => blocks.flatMap(({ entries }) => entries));
}

function blocksOf(findings: readonly Finding[]): Block[] {
  const features = new Map<string, Finding[]>();
  const blocks = new Map<string, Block>();
  for (const finding of findings) {
    if (finding.layer === null || finding.feature === null) {
      const key = `parcel ${saying([finding])}`;
      if (!blocks.has(key)) blocks.set(key, { entries: [], rules: [finding] });
      continue;
    }
    const key = `${finding.layer}/${finding.feature}`;
    features.set(key, [...(features.get(key) ?? []), finding]);
  }
  for (const own of features.values()) {
    const [found] = own;
    if (!found || found.layer === null || found.feature === null) continue;
    const rules = own.filter(({ rule }) => rule !== null);
    const key = `${found.layer} ${saying(rules)}`;
    const block = blocks.get(key) ?? { entries: [], rules };
    blocks.set(key, block);
    const { layer, feature } = found;
    block.entries.push({ number: 0, layer, feature, found, findings: own });
  }
  const all = [...blocks.values()];
  for (const { entries } of all) {
    entries.sort((a, b) => (a.found.distance_m ?? 0) - (b.found.distance_m ?? 0));
  }
  return all.sort((a, b) => rank(a) - rank(b) || nearest(a) - nearest(b));
}

/** What rules say, without of what. */
function saying(rules: readonly Finding[]): string {
  return JSON.stringify(
    rules.map(({ rule, verdict, sentence, pathway, receptor }) => [
      rule?.id,
      verdict,
      sentence,
      pathway,
      receptor,
    ]),
  );
}

function rank({ rules }: Block): number {
  if (rules.length === 0) return SEVERITY.length + 1;
  const severities = rules.map(({ verdict }) =>
    verdict ? SEVERITY.indexOf(verdict) : SEVERITY.length,
  );
  return Math.min(...severities);
}

function nearest({ entries }: Block): number {
  return entries[0]?.found.distance_m ?? 0;
}

/** Metres; below zero what is on the parcel and beside it. */
export function outerEdge(ring: string | null): number {
  if (ring === null) return -3;
  if (ring === "on_site") return -2;
  if (ring === "adjoining") return -1;
  return Number(/\d+/.exec(ring)?.[0] ?? Number.POSITIVE_INFINITY);
}
