// The page's line drawings. They say nothing to those who hear the page: their buttons do.
import { html, type TemplateResult } from "lit";

const ICONS = {
  close: "M5 5l10 10M15 5L5 15",
  back: "M12 4l-6 6 6 6",
  next: "M8 4l6 6-6 6",
  layers: "M10 3l7 4-7 4-7-4zM3.5 10.5L10 14l6.500-3.500M3.500 13.500L10 17l6.500-3.500",
  lock: "M6 9V7a4 4 0 0 1 8 0v2M5 9h10v7H5z",
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  screen: "M7 4.500H4.500V17h11V4.500H13M7.500 3h5v3h-5zM7 11l2.200 2.200L13.200 9",
  barred: "M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15zM5 15L15 5",
  barrier: "M3 6.500h14v5H3zM6 11.500V17M14 11.500V17M7 6.500l-3 5M12 6.500l-3 5M17 6.500l-3 5",
  probe: "M10 2.500v9M7.500 2.500h5M8 11.500h4l-2 4zM3.500 17.500h13M3.500 8.500H7M13 8.500h3.500",
  notice: "M10 3L17.500 16.500h-15zM10 8v4M10 14.300v.01",
  level: "M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15zM6.500 10h7",
  tick: "M4.500 10.500l3.500 3.500 7.500-8",
  length: "M3.5 13.5l10-10 3 3-10 10zM6.500 10.500l1.500 1.500M9 8l1.500 1.500M11.500 5.500L13 7",
  area: "M4 5l9-1.500L16.500 14 6 16.500z",
  time: "M10 3.500a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13M10 6v4l3 2",
  compare: "M10 3v14M3.500 6h4v8h-4zM12.500 6h4v8h-4z",
  print: "M6 8V3.500h8V8M6 14H3.500V8h13v6H14M6 12h8v4.500H6z",
  undo: "M8 4L4 8l4 4M4 8h8a4 4 0 0 1 0 8H9",
  down: "M5 7.500l5 5 5-5",
  up: "M5 12.500l5-5 5 5",
  grip: "M7 5v.01M13 5v.01M7 10v.01M13 10v.01M7 15v.01M13 15v.01",
  table: "M3 4h14v12H3zM3 8h14M3 12h14M9 8v8",
  sun: "M10 6.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7zM10 2v1.500M10 16.500V18M2 10h1.500M16.500 10H18M4.300 4.300l1.100 1.100M14.600 14.600l1.100 1.100M4.300 15.700l1.100-1.100M14.600 5.400l1.100-1.100",
  moon: "M16 12.500A6.500 6.500 0 0 1 7.500 4a6.500 6.500 0 1 0 8.500 8.500z",
  share: "M8 11.500l4-4M7 9l-2 2a2.800 2.800 0 0 0 4 4l2-2M13 11l2-2a2.800 2.800 0 0 0-4-4l-2 2",
  copy: "M7 7h9v9H7zM13 7V4H4v9h3",
  target:
    "M10 5.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9zM10 2v3.500M10 14.500V18M2 10h3.500M14.500 10H18",
  question:
    "M7.500 7.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .8-1 1.700M10 14.200v.01M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15z",
  extent: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4",
} as const;

export type Icon = keyof typeof ICONS;

export function icon(name: Icon): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d=${ICONS[name]} /></svg>`;
}
