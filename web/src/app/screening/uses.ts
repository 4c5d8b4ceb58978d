// The codes of a classification as a tree that is read from top to bottom.
import type { LandUseSystem } from "../../api/screening";

export interface Choice {
  /** `system:code`; null: as on record, or not decided. */
  use: string | null;
  code: string;
  title: string;
  /** 0: a class of its own; 1, 2: under another. */
  depth: number;
}

/** Those that a word fits, by code or name, each below the classes it stands under. */
export function choices(system: LandUseSystem, query: string): Choice[] {
  const word = query.trim().toLowerCase();
  const byCode = new Map(system.codes.map((code) => [code.code, code]));
  const above = (code: string): string[] => {
    const parent = byCode.get(code)?.parent;
    return parent && parent !== code && byCode.has(parent) ? [...above(parent), parent] : [];
  };
  const fits = ({ code, title }: LandUseSystem["codes"][number]) =>
    code.toLowerCase().startsWith(word) || title.toLowerCase().includes(word);
  const shown = new Set(system.codes.filter(fits).flatMap(({ code }) => [...above(code), code]));
  return inTree(system)
    .filter(({ code }) => shown.has(code))
    .map(({ code, title }) => ({
      use: `${system.id}:${code}`,
      code,
      title,
      depth: Math.min(above(code).length, 2),
    }));
}

/** Each class before those under it, otherwise as the classification has them. */
function inTree({ codes }: LandUseSystem): LandUseSystem["codes"] {
  const known = new Set(codes.map(({ code }) => code));
  const under = (parent: string | null): LandUseSystem["codes"] =>
    codes
      .filter((code) => (code.parent && known.has(code.parent) ? code.parent : null) === parent)
      .flatMap((code) => [code, ...under(code.code)]);
  return under(null);
}
