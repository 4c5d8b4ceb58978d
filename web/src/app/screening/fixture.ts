// Findings for tests: only what a test is about has to be said.
import type { Finding, FindingRule, Words } from "../../api/screening";

export const words = (text: string): Words => ({ zh: text, en: text });

export const rule = (id: string): FindingRule => ({
  id,
  version: 1,
  title: words(id),
  kind: "trigger",
  read: "primary",
});

export function finding(said: Partial<Finding>): Finding {
  return {
    rule: null,
    verdict: null,
    layer: "pollution-sites",
    layer_title: words("sites"),
    feature: 1,
    name: null,
    ring: "on_site",
    ring_title: words("on the parcel"),
    possible: false,
    sliver: false,
    across_road: false,
    distance_m: 0,
    distance_interval_m: null,
    bearing: null,
    overlap_m2: null,
    overlap_share: null,
    valid: null,
    source: null,
    pathway: null,
    receptor: null,
    not_known: [],
    basis: null,
    sentence: words("sentence"),
    next_step: null,
    deadline: null,
    steps: [],
    inputs: [],
    remarks: [],
    ...said,
  };
}
