// The page that builds the code with which other sites embed the map: questions, a preview that is
// the embedded map itself, and the code to copy.
import { html, nothing, type TemplateResult } from "lit";
import { ServerError } from "../../api/client";
import { serverRoot } from "../../api/root";
import type { Collection, Landing } from "../../api/types";
import { topmostFirst } from "../../map/style";
import { type Say, tongue } from "../../text";
import type { WidgetEvent } from "../../widget";
import { copy } from "../copy";
import { errorWords } from "../errors";
import { drawable } from "../loading";
import { SidePage } from "../side-page";
import {
  controlQuestion,
  datumQuestion,
  layerQuestion,
  lookQuestion,
  type Place,
  timeQuestion,
  viewQuestion,
} from "./form";
import {
  type Around,
  address,
  attributesOf,
  type Choice,
  component,
  iframe,
  policies,
} from "./snippet";

interface Here {
  landing: Landing;
  layers: readonly Collection[];
  /** Ids, topmost first. */
  order: readonly string[];
}

type Asked = "waiting" | ServerError | Here;

/** A preview is for looking at, not for scrolling past. */
const PREVIEW_MOST = 560;

export class Builder extends SidePage {
  static override properties = {
    ...SidePage.properties,
    asked: { attribute: false },
    choice: { attribute: false },
    now: { state: true },
    usual: { state: true },
    copied: { state: true },
  };

  declare asked: Asked;
  declare choice: Choice;
  /** Where the preview looks. */
  declare protected now: Place | null;
  /** The layers that the map shows by itself. */
  declare protected usual: readonly string[];
  /** What was copied last, and whether it could be. */
  declare protected copied: { what: string; done: boolean } | null;

  constructor() {
    super();
    this.asked = "waiting";
    this.now = null;
    this.usual = [];
    this.copied = null;
    this.choice = {
      layers: null,
      place: null,
      lang: null,
      theme: null,
      controls: ["zoom", "home", "layers", "legend"],
      time: null,
      datum: "wgs84",
      width: null,
      height: 480,
    };
  }

  protected override async load(): Promise<void> {
    const { api, lang } = this;
    try {
      const [landing, layers, style] = await Promise.all([
        api.landing(lang),
        api.collections(lang),
        api.mapStyle(lang),
      ]);
      if (lang !== this.lang) return;
      const there = layers.filter(drawable);
      const ids = this.choice.layers?.filter((id) => there.some((layer) => layer.id === id));
      this.#change({ layers: ids ?? null });
      this.asked = { landing, layers: there, order: topmostFirst(style) };
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      this.asked = error;
    }
  }

  readonly #change = (change: Partial<Choice>) => {
    this.choice = { ...this.choice, ...change };
    this.copied = null;
  };

  #moved({ zoom, center }: Place): void {
    this.now = { zoom, center };
    if (this.choice.place !== null) this.#change({ place: this.now });
  }

  protected override render(): TemplateResult {
    const { say } = tongue(this.lang);
    const here = typeof this.asked === "object" && "landing" in this.asked ? this.asked : null;
    const district = here?.landing.onemap.district.name;
    const title = district ? say("builder:title_of", { district }) : say("builder:title");
    return html`${this.head(title, say("builder:about"))}
      <main class="builder">${this.#content(say)}</main>`;
  }

  #content(say: Say): TemplateResult {
    const { asked, choice } = this;
    if (asked === "waiting") return html`<p role="status">${say("builder:loading")}</p>`;
    if (asked instanceof ServerError) return html`<p role="alert">${errorWords(asked, say)}</p>`;
    return html`<form class="questions" @submit=${(event: Event) => event.preventDefault()}>
        ${layerQuestion(choice, asked.layers, this.usual, say, this.#change)}
        ${viewQuestion(choice, this.now, say, this.#change)}
        ${lookQuestion(choice, say, this.#change)}
        ${controlQuestion(choice, say, this.#change)}
        ${timeQuestion(choice, say, this.#change)}
        ${datumQuestion(choice, say, this.#change)}
      </form>
      <div class="results">
        <section aria-labelledby="preview-title">
          <h2 id="preview-title">${say("builder:preview")}</h2>
          ${this.#preview()}
        </section>
        ${this.#codes(asked, say)}
      </div>`;
  }

  /** The map as it will be; it is moved by hand, so the place is not given to it. */
  #preview(): TemplateResult {
    const said = new Map(attributesOf(this.choice));
    const attribute = (name: string) => said.get(name) ?? nothing;
    return html`<one-map
      layers=${attribute("layers")}
      controls=${attribute("controls")}
      time=${attribute("time")}
      datum=${attribute("datum")}
      theme=${attribute("theme")}
      lang=${this.choice.lang ?? nothing}
      width=${attribute("width")}
      height=${Math.min(this.choice.height, PREVIEW_MOST)}
      @one-map-ready=${({ detail }: WidgetEvent<"one-map-ready">) => {
        if (this.choice.layers === null) this.usual = detail.layers;
        this.#moved(detail);
      }}
      @one-map-move=${({ detail }: WidgetEvent<"one-map-move">) => this.#moved(detail)}
    ></one-map>`;
  }

  #codes({ landing, layers, order }: Here, say: Say): TemplateResult {
    const { choice } = this;
    const titles = layers.filter(({ id }) => choice.layers?.includes(id)).map((l) => l.title);
    const around: Around = {
      server: serverRoot,
      title: landing.title,
      order,
      layers: titles.join(say("values:list_separator")),
    };
    const needed = policies(around);
    return html`<section class="codes" aria-labelledby="code-title">
      <h2 id="code-title">${say("builder:code")}</h2>
      <h3>${say("builder:iframe")}</h3>
      <p>${say("builder:iframe_about")}</p>
      ${this.#code("iframe", say("builder:iframe"), iframe(choice, around), say)}
      <p class="hint">${say("builder:iframe_csp")} <code>${needed.iframe}</code></p>
      <h3>${say("builder:component")}</h3>
      <p>${say("builder:component_about")}</p>
      ${this.#code("component", say("builder:component"), component(choice, around), say)}
      <p class="hint">${say("builder:component_csp")} <code>${needed.component}</code></p>
      <h3>${say("builder:address")}</h3>
      <p>${say("builder:address_about")}</p>
      ${this.#code("address", say("builder:address"), address(choice, around), say)}
      <p class="hint">${say("builder:more")}</p>
    </section>`;
  }

  #code(what: string, title: string, text: string, say: Say): TemplateResult {
    const copied = this.copied?.what === what ? this.copied : null;
    const put = async (event: Event) => {
      const block = (event.currentTarget as HTMLElement).closest(".code");
      const shown = block?.querySelector("pre");
      if (shown) this.copied = { what, done: await copy(text, shown) };
    };
    const words = copied?.done === false ? "builder:copy_failed" : "builder:copied";
    return html`<div class="code" data-code=${what}>
      <pre tabindex="0" aria-label=${title}>${text}</pre>
      <button type="button" class="button" aria-label=${say("builder:copy_of", { what: title })} @click=${put}
        >${say("builder:copy")}</button>
      <span class="copied" role="status">${copied ? say(words) : nothing}</span>
    </div>`;
  }
}

customElements.define("om-builder", Builder);
