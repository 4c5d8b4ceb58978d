// Messages between /embed and the page that frames it. Out: what the element tells as events, by the
// same names. In: three deeds, from the framing page alone. What is told is public: it may go to any
// page that is allowed to frame this one.
import type { Bbox } from "../../api/types";
import type { OneMap } from "../element";
import type { WidgetEvents } from "../events";

const TOLD = ["one-map-ready", "one-map-move", "one-map-select", "one-map-error"] as const;

/** A message to the framing page: `{ type, detail }`. */
export type Message = {
  [Name in keyof WidgetEvents]: { type: Name; detail: WidgetEvents[Name] };
}[keyof WidgetEvents];

/** A message from it. */
export type Deed =
  | { type: "one-map-set-layers"; layers: string[] | null }
  | { type: "one-map-fly-to"; center?: [number, number]; zoom?: number; bbox?: Bbox }
  | { type: "one-map-do-select"; layer: string | null; id?: number };

export function tellAround(map: OneMap, around: Pick<Window, "postMessage">): void {
  for (const type of TOLD) {
    map.addEventListener(type, (event) => {
      around.postMessage({ type, detail: (event as CustomEvent<unknown>).detail }, "*");
    });
  }
}

export function hear(map: OneMap, around: unknown): void {
  window.addEventListener("message", ({ source, data }) => {
    const deed = source === around ? deedOf(data) : null;
    if (deed) act(map, deed);
  });
}

function act(map: OneMap, deed: Deed): void {
  switch (deed.type) {
    case "one-map-set-layers":
      map.setLayers(deed.layers);
      return;
    case "one-map-fly-to":
      map.flyTo(deed);
      return;
    case "one-map-do-select":
      void map.select(deed.layer, deed.id);
  }
}

/** What a message asks for; null: it is not for us, or not well formed. */
export function deedOf(data: unknown): Deed | null {
  if (typeof data !== "object" || data === null || !("type" in data)) return null;
  const said = data as Record<string, unknown>;
  switch (said.type) {
    case "one-map-set-layers": {
      const { layers } = said;
      if (layers === null) return { type: said.type, layers };
      return isList(layers, "string") ? { type: said.type, layers: layers as string[] } : null;
    }
    case "one-map-fly-to":
      return flight(said);
    case "one-map-do-select": {
      const { layer, id } = said;
      if (layer === null) return { type: said.type, layer };
      const right = typeof layer === "string" && Number.isInteger(id);
      return right ? { type: said.type, layer, id: id as number } : null;
    }
    default:
      return null;
  }
}

function flight({ center, zoom, bbox }: Record<string, unknown>): Deed | null {
  const right =
    (center === undefined || isList(center, "number", 2)) &&
    (bbox === undefined || isList(bbox, "number", 4)) &&
    (zoom === undefined || typeof zoom === "number");
  if (!right) return null;
  return {
    type: "one-map-fly-to",
    ...(center === undefined ? {} : { center: center as [number, number] }),
    ...(bbox === undefined ? {} : { bbox: bbox as Bbox }),
    ...(zoom === undefined ? {} : { zoom: zoom as number }),
  };
}

function isList(value: unknown, type: "string" | "number", length?: number): boolean {
  const list = Array.isArray(value) && value.every((member) => typeof member === type);
  return list && (length === undefined || value.length === length);
}
