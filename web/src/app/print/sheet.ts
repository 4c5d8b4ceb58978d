// Sheets of paper: their sizes, and how much of one the map gets.

export type Paper = "A4" | "A3";

export interface Sheet {
  paper: Paper;
  landscape: boolean;
}

/** Millimetres. */
export interface Size {
  width: number;
  height: number;
}

const SHORT: Readonly<Record<Paper, Size>> = {
  A4: { width: 210, height: 297 },
  A3: { width: 297, height: 420 },
};

/** Around everything on the sheet. */
const MARGIN_MM = 10;
/** The column of the legend beside the map, on landscape sheets. */
const LEGEND_MM = 60;
const TITLE_MM = 14;
const FOOT_MM = 26;
const GAP_MM = 4;
const PX_MM = 25.4 / 96;

export const SHEETS: readonly Sheet[] = [
  { paper: "A4", landscape: true },
  { paper: "A4", landscape: false },
  { paper: "A3", landscape: true },
  { paper: "A3", landscape: false },
];

export const SCALES: readonly number[] = [
  500, 1000, 2000, 5000, 10_000, 25_000, 50_000, 100_000, 150_000, 200_000,
];

export function sizeOf({ paper, landscape }: Sheet): Size {
  const { width, height } = SHORT[paper];
  return landscape ? { width: height, height: width } : { width, height };
}

/** The map's part of the sheet, with the legend beside it or not. */
export function mapSize(sheet: Sheet, legendBeside: boolean): Size {
  const { width, height } = sizeOf(sheet);
  const beside = legendBeside ? LEGEND_MM + GAP_MM : 0;
  return {
    width: width - 2 * MARGIN_MM - beside,
    height: height - 2 * MARGIN_MM - TITLE_MM - FOOT_MM,
  };
}

/** CSS pixels of a length on paper. */
export function pixels(mm: number): number {
  return Math.round(mm / PX_MM);
}
