// What the page around <one-map> says of it: its attributes, and what they mean.
import { LitElement, type PropertyDeclarations } from "lit";
import type { Bbox, Lang } from "../api/types";
import type { Datum } from "../map/datum";
import type { Camera, Ink } from "../map/view";
import { type Tongue, tongue } from "../text";
import * as read from "./settings";

export abstract class Said extends LitElement {
  static override properties: PropertyDeclarations = {
    server: {},
    layers: {},
    language: { attribute: "lang" },
    center: {},
    zoom: {},
    bbox: {},
    controls: {},
    feature: {},
    datum: {},
    time: {},
    theme: { reflect: true },
    width: {},
    height: {},
  };

  declare server: string | null;
  declare layers: string | null;
  declare language: string | null;
  declare center: string | null;
  declare zoom: string | null;
  declare bbox: string | null;
  declare controls: string | null;
  declare feature: string | null;
  declare datum: string | null;
  declare time: string | null;
  /** `light`, `dark`, or as the page around it is. */
  declare theme: string | null;
  /** Pixels, as of a picture: for a page that allows no `style` attribute. */
  declare width: string | null;
  declare height: string | null;

  protected get datumSaid(): Datum {
    return read.readDatum(this.datum);
  }

  protected get timeSaid(): string | null {
    return read.readTime(this.time);
  }

  protected get placeSaid(): { camera: Camera | null; bbox: Bbox | null } {
    const bbox = read.readBbox(this.bbox);
    return { camera: bbox ? null : read.readCamera(this.center, this.zoom), bbox };
  }

  /** Its own language, else that of the page around it, else the reader's. */
  protected get spoken(): Lang {
    const around = this.closest("[lang]")?.getAttribute("lang");
    const said = [this.language, around, ...navigator.languages].map(read.readLang);
    return said.find((lang) => lang !== null) ?? "zh";
  }

  protected get tongue(): Tongue {
    return tongue(this.spoken);
  }

  /**
   * The tokens that the map needs as values, because a canvas knows no CSS variables, as they are now;
   * and whether it is night in them.
   */
  protected get worn(): { ink: Ink; fontFamily: string; dark: boolean } {
    const probe = document.createElement("span");
    this.renderRoot.append(probe);
    const colour = (value: string) => {
      probe.style.color = value;
      return getComputedStyle(probe).color;
    };
    const ink = {
      selection: colour("var(--map-selection)"),
      halo: colour("var(--map-halo)"),
      hatch: colour("var(--map-hatch)"),
    };
    const dark = colour("light-dark(white, black)") === colour("black");
    probe.remove();
    const font = getComputedStyle(this).getPropertyValue("--font");
    return { ink, fontFamily: font.trim(), dark };
  }
}
