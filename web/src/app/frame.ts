// The page's fixed parts, which everything else is drawn into.
import { h } from "./dom";

export interface Frame {
  skip: HTMLButtonElement;
  header: HTMLElement;
  panel: HTMLElement;
  map: HTMLElement;
  canvas: HTMLElement;
  controls: HTMLElement;
  mapState: HTMLElement;
  card: HTMLElement;
  notes: HTMLElement;
  footer: HTMLElement;
}

export function frame(page: HTMLElement): Frame {
  const parts = {
    skip: h("button", { class: "skip", type: "button" }),
    header: h("header", { class: "header" }),
    panel: h("nav", { class: "panel", id: "panel" }),
    canvas: h("div", { class: "map-canvas" }),
    controls: h("div", { class: "controls", role: "group" }),
    mapState: h("div", { class: "map-state" }),
    card: h("section", { class: "card", hidden: true }),
    notes: h("div", { class: "notes", role: "status" }),
    footer: h("footer", { class: "footer" }),
  };
  const cross = h("div", { class: "cross", "aria-hidden": "true" });
  const { canvas, controls, mapState, card, notes } = parts;
  const map = h("main", { class: "map" }, canvas, cross, controls, mapState, card, notes);
  page.replaceChildren(parts.skip, parts.header, parts.panel, map, parts.footer);
  return { ...parts, map };
}
