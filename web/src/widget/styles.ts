// The widget's style sheets. They live in its shadow: nothing of them reaches the page around it, and
// constructed sheets need no permission of its Content-Security-Policy.
import { type CSSResult, unsafeCSS } from "lit";
import common from "../map/common.css?inline";
import legend from "../map/legend.css?inline";
import tokens from "../map/tokens.css?inline";
import card from "./card.css?inline";
import maplibre from "./maplibre.css?inline";
import widget from "./widget.css?inline";

/** A page may set any size for `rem`; the widget's own is 16 pixels. */
const REM = /(\d*\.?\d+)rem\b/g;

export const STYLES: CSSResult[] = [tokens, legend, maplibre, widget, common, card].map((text) =>
  unsafeCSS(
    text.replaceAll(":root", ":host").replace(REM, (_, number: string) => `${16 * +number}px`),
  ),
);
