// The codes of a classification as a tree that is read from top to bottom.
import type { ScreeningOptions } from "../../api/screening";
import type { Tongue } from "../../text";
import { sentence } from "./phrases";

/** A classification in the language of the page. */
export interface LandUseSystem {
  id: string;
  title: string;
  default: boolean;
  codes: { code: string; title: string; parent: string | null }[];
}

/** The classifications that have a name of their own in the page. */
const NAMED = ["ydyh-2023", "gb50137-2011", "gbt21010-2017", "third-survey"] as const;

export function systemsIn(options: ScreeningOptions, tongue: Tongue): LandUseSystem[] {
  return options.systems.map(({ id, uses }) => {
    const name = NAMED.find((known) => known === id);
    return {
      id,
      title: name ? tongue.say(`screening:${name}`) : id,
      default: id === options.default_system,
      codes: uses.map((use) => ({ ...use, title: sentence(use.title, tongue) })),
    };
  });
}

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
