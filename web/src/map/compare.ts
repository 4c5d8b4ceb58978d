// A second map over the first, moving with it, cut at a line: two layers of one place side by side.
import { Map as MapLibreMap, type StyleSpecification } from "maplibre-gl";
import { repaint } from "./repaint";

export class Comparison {
  readonly #first: MapLibreMap;
  readonly #second: MapLibreMap;
  readonly #room: HTMLElement;
  readonly #line: HTMLElement;
  readonly #ready: Promise<unknown>;
  #share = 0;
  #there = false;
  readonly #follow = () => {
    this.#second.jumpTo({ center: this.#first.getCenter(), zoom: this.#first.getZoom() });
  };

  constructor(first: MapLibreMap, style: StyleSpecification, fontFamily: string) {
    this.#first = first;
    this.#room = document.createElement("div");
    this.#room.className = "compare-map";
    this.#room.setAttribute("aria-hidden", "true");
    this.#line = document.createElement("div");
    this.#line.className = "compare-line";
    first.getContainer().after(this.#room, this.#line);
    this.#second = new MapLibreMap({
      container: this.#room,
      style,
      center: first.getCenter(),
      zoom: first.getZoom(),
      interactive: false,
      attributionControl: false,
      fadeDuration: 0,
      localIdeographFontFamily: fontFamily,
      maxZoom: first.getMaxZoom(),
    });
    this.#second.getCanvas().tabIndex = -1;
    this.#ready = new Promise((resolve) => this.#second.once("load", resolve));
    void this.#ready.then(() => {
      this.#there = true;
    });
    first.on("move", this.#follow);
  }

  /** Shows these layers and no others. */
  show(layers: ReadonlySet<string>, owners: ReadonlyMap<string, string>): void {
    void this.#ready.then(() => {
      for (const [style, owner] of owners) {
        if (!this.#second.getLayer(style)) continue;
        const visibility = layers.has(owner) ? "visible" : "none";
        this.#second.setLayoutProperty(style, "visibility", visibility);
      }
    });
  }

  /** Draws the same layers in other colours. */
  wear(style: StyleSpecification): void {
    void this.#ready.then(() => repaint(this.#second, style));
  }

  /** Shows the second map right of this share of the width. */
  split(share: number): void {
    this.#share = share;
    this.#room.style.clipPath = `inset(0 0 0 ${share * 100}%)`;
    this.#line.style.left = `${share * 100}%`;
  }

  /** The second map where it is seen, that many pixels from the left; else null. */
  over(x: number): MapLibreMap | null {
    return x > this.#share * this.#room.clientWidth && this.#there ? this.#second : null;
  }

  remove(): void {
    this.#first.off("move", this.#follow);
    this.#second.remove();
    this.#room.remove();
    this.#line.remove();
  }
}
