// What <one-map> tells its page. Longitudes and latitudes are those of the host's datum.
import type { Bbox, Properties } from "../api/types";

export interface Place {
  zoom: number;
  center: [number, number];
  bbox: Bbox;
}

export interface Selected {
  layer: string;
  id: number;
  title: string;
  properties: Properties;
  /** Of a point where it is drawn; otherwise null. */
  center: [number, number] | null;
}

export interface Failure {
  /** `server`: it did not give what was asked; `layer`: there is no such layer, or its tiles are not
   * to be had; `webgl`: the browser cannot draw. */
  kind: "server" | "layer" | "webgl";
  message: string;
  layer: string | null;
}

export interface WidgetEvents {
  "one-map-ready": Place & { layers: string[] };
  "one-map-move": Place;
  /** Null: nothing is selected any more. */
  "one-map-select": Selected | null;
  "one-map-error": Failure;
}

export type WidgetEvent<Name extends keyof WidgetEvents> = CustomEvent<WidgetEvents[Name]>;

declare global {
  interface HTMLElementEventMap {
    "one-map-ready": WidgetEvent<"one-map-ready">;
    "one-map-move": WidgetEvent<"one-map-move">;
    "one-map-select": WidgetEvent<"one-map-select">;
    "one-map-error": WidgetEvent<"one-map-error">;
  }
}
