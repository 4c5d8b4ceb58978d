// From what the renderer found under the pointer to features a person can choose from.
import type { Scalar } from "../api/types";

/** One feature under the pointer. */
export interface Hit {
  layer: string;
  id: number;
  properties: Record<string, Scalar | null>;
}

/** What the renderer says of one rendered feature. */
export interface Rendered {
  owner: string;
  shape: "point" | "line" | "polygon";
  id: unknown;
  properties: Record<string, unknown>;
  /** Degrees, of a point. */
  at: [number, number] | null;
  /** Whether it lies under the pointer itself and not only near it. */
  exact: boolean;
}

export type Choice =
  | { kind: "nothing" }
  | { kind: "cluster"; at: [number, number] }
  | { kind: "features"; hits: Hit[] /** The one plainly meant. */; meant: Hit | null };

const RANK = { point: 0, line: 1, polygon: 2 } as const;

/**
 * What a click means. Points and lines may be missed by a few pixels, areas not. Each feature comes
 * once, points before lines before areas, otherwise the topmost first; a lone point or line is meant
 * before the areas beneath it; a cluster counts only if it is topmost, since what it holds has no
 * number of its own.
 */
export function pick(rendered: readonly Rendered[]): Choice {
  const near = rendered.filter((found) => found.exact || found.shape !== "polygon");
  const ranked = near
    .map((found, order) => ({ found, order }))
    .sort((a, b) => RANK[a.found.shape] - RANK[b.found.shape] || a.order - b.order)
    .map(({ found }) => found);
  const top = ranked[0];
  if (!top) return { kind: "nothing" };
  if (isCluster(top) && top.at) return { kind: "cluster", at: top.at };
  const hits = new Map<string, Hit>();
  const points: Hit[] = [];
  for (const found of ranked) {
    const { owner, id, properties } = found;
    if (isCluster(found) || typeof id !== "number") continue;
    const key = `${owner}/${id}`;
    if (hits.has(key)) continue;
    const hit = { layer: owner, id, properties: scalars(properties) };
    hits.set(key, hit);
    if (found.shape !== "polygon") points.push(hit);
  }
  if (hits.size === 0) return { kind: "nothing" };
  const all = [...hits.values()];
  const few = points.length > 0 ? points : all;
  return { kind: "features", hits: all, meant: few.length === 1 ? (few[0] ?? null) : null };
}

function isCluster(found: Rendered): boolean {
  return found.properties.point_count !== undefined;
}

function scalars(properties: Record<string, unknown>): Hit["properties"] {
  const kept: Hit["properties"] = {};
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || ["string", "number", "boolean"].includes(typeof value)) {
      kept[name] = value as Scalar | null;
    }
  }
  return kept;
}
