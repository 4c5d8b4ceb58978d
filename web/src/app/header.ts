// The top of the page: whose map it is, which language, and whether what shows is real.
import { html, nothing, type TemplateResult } from "lit";
import type { Api } from "../api/client";
import type { Landing, Lang } from "../api/types";
import { icon } from "../map/icon";
import { HTML_LANG } from "../text";
import { Part } from "./part";
import "./share";
import { address } from "./welcome";

const LANGUAGES: readonly { lang: Lang; name: string }[] = [
  { lang: "zh", name: "中文" },
  { lang: "en", name: "EN" },
];

class Header extends Part {
  static override properties = {
    landing: { attribute: false },
    demonstration: { type: Boolean },
    panelOpen: { type: Boolean },
    api: { attribute: false },
    dark: { type: Boolean },
    welcome: { type: Boolean },
  };

  declare landing: Landing | null;
  /** Whether some of what shows is not real. */
  declare demonstration: boolean;
  declare panelOpen: boolean;
  declare api: Api;
  declare dark: boolean;
  /** Whether the questions to begin with are open. */
  declare welcome: boolean;

  protected override render(): TemplateResult {
    const { say } = this.tongue;
    const onemap = this.landing?.onemap;
    return html`<header class="header">
      <button
        class="panel-toggle"
        type="button"
        aria-expanded=${this.panelOpen}
        aria-controls="panel"
        @click=${() => this.tell("om-panel", !this.panelOpen)}
      >${icon("layers")}<span>${say("layers:title")}</span></button>
      <div class="brand">
        <h1>${onemap?.district.name ?? "OneMap"}</h1>
        <p>${say("page:title")}</p>
      </div>
      <om-search .tongue=${this.tongue} .api=${this.api}></om-search>
      <div class="header-end">
        ${
          onemap?.audience === "department"
            ? html`<span class="badge badge-plain">${say("page:audience_department")}</span>`
            : nothing
        }
        ${
          this.demonstration
            ? html`<span class="badge badge-demonstration" title=${say("page:demonstration_why")}
                >${say("page:demonstration")}</span>`
            : nothing
        }
        ${this.#pages()} ${this.#questions()}
        <om-share .tongue=${this.tongue}></om-share>
        ${this.#theme()} ${this.#languages()}
      </div>
    </header>`;
  }

  #pages(): TemplateResult {
    const { lang, say } = this.tongue;
    return html`<div class="pages">
      <a href=${address("app/plan", lang)}>${say("welcome:plan")}</a>
    </div>`;
  }

  #questions(): TemplateResult {
    const words = this.tongue.say("welcome:open");
    return html`<button
      type="button"
      class="icon-button"
      aria-label=${words}
      title=${words}
      aria-expanded=${this.welcome}
      @click=${() => this.tell("om-welcome", !this.welcome)}
    >${icon("question")}</button>`;
  }

  #theme(): TemplateResult {
    const words = this.tongue.say(this.dark ? "page:wear_light" : "page:wear_dark");
    return html`<button
      type="button"
      class="icon-button"
      aria-label=${words}
      title=${words}
      @click=${() => this.tell("om-theme", this.dark ? "light" : "dark")}
    >${icon(this.dark ? "sun" : "moon")}</button>`;
  }

  #languages(): TemplateResult {
    const { lang: current, say } = this.tongue;
    return html`<div class="switch language" role="group" aria-label=${say("page:language")}>
      ${LANGUAGES.map(
        ({ lang, name }) => html`<button
          type="button"
          lang=${HTML_LANG[lang]}
          aria-pressed=${lang === current}
          @click=${() => this.tell("om-language", lang)}
        >${name}</button>`,
      )}
    </div>`;
  }
}

customElements.define("om-header", Header);
