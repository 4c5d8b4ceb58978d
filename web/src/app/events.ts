// What people do on the page, and what an event about it carries.
import type { Question } from "../api/screening";
import type { Lang, Place } from "../api/types";
import type { ScreenedDrawing } from "../map/screened";
import type { Theme } from "./permalink";
import type { QuestionId } from "./questions";
import type { Pointed } from "./screening/desk";
import type { Compared, Note, TableAsked, Tool } from "./state";

export interface PageEvents {
  "om-language": Lang;
  /** Whether the list of layers is to be open (on a phone). */
  "om-panel": boolean;
  "om-layer": { layer: string; visible: boolean };
  "om-opacity": { layer: string; percent: number };
  /** The visible layers as they are to lie over each other, topmost first. */
  "om-order": string[];
  /** What to wear; null: as the system has it. */
  "om-theme": Theme | null;
  /** The layer whose unsurveyed surroundings are to be hatched. */
  "om-coverage": string | null;
  "om-zoom-to": string;
  /** Shows a layer as a table. */
  "om-table": TableAsked;
  "om-table-close": undefined;
  /** Takes a tool up, or puts it down (null). */
  "om-tool": Tool | null;
  /** Takes the last measured corner away. */
  "om-undo": undefined;
  /** Shows a year; null: all times. */
  "om-time": number | null;
  "om-compare": Compared;
  /** Changes what is asked about a parcel; takes the tool up. */
  "om-screen": Partial<Question>;
  /** Begins to draw a parcel's outline, or leaves off. */
  "om-sketch": boolean;
  /** Draws a screened parcel. */
  "om-screened": ScreenedDrawing;
  /** Shows something that a screening has found. */
  "om-point": Pointed;
  /** Goes to what a search has found. */
  "om-place": Place;
  /** Goes to what carries exactly this number. */
  "om-number": string;
  /** Asks the server again for what it did not give. */
  "om-retry": undefined;
  "om-card-close": undefined;
  "om-card-back": undefined;
  "om-card-retry": undefined;
  "om-open": { layer: string; id: number };
  "om-zoom": number;
  "om-district": undefined;
  "om-dismiss": Note;
  "om-question": QuestionId;
  /** Whether the questions to begin with are to be open. */
  "om-welcome": boolean;
}

type Heard = { [Name in keyof PageEvents]: CustomEvent<PageEvents[Name]> };

declare global {
  interface HTMLElementEventMap extends Heard {}
}

/** Hears of one kind of deed anywhere in the page. */
export function hear<Name extends keyof PageEvents>(
  page: HTMLElement,
  name: Name,
  deed: (detail: PageEvents[Name]) => void,
): void {
  page.addEventListener(name, (event) => deed((event as CustomEvent<PageEvents[Name]>).detail));
}
