// A page beside the map, such as the plan board: one element drawn into the page, its language in
// the address, one head with the way back to the map.
import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { type Api, connect } from "../api/client";
import { serverRoot } from "../api/root";
import { HTML_LANG, type Lang, tongue } from "../text";
import { firstLanguage } from "./loading";
import { readLang } from "./permalink";

export abstract class SidePage extends LitElement {
  static override properties: PropertyDeclarations = { lang: { type: String } };

  declare lang: Lang;
  protected readonly api: Api = connect(serverRoot);

  constructor() {
    super();
    this.lang = "zh";
  }

  /** Asks the server for what the page shows, in its language. */
  protected abstract load(): Promise<void>;

  /** Begins in the language of the address, or the browser's. */
  begin(): void {
    const said = readLang(new URLSearchParams(location.search).get("lang"));
    this.lang = firstLanguage(null, said, navigator.languages);
    void this.load();
  }

  /** Drawn into the page itself: its colours and letters are the page's. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** The head, which also names the document. */
  protected head(title: string, about: string, demonstration = false): TemplateResult {
    const { say } = tongue(this.lang);
    document.documentElement.lang = HTML_LANG[this.lang];
    document.title = `${title} · OneMap`;
    return html`<header class="side-head">
      <div>
        <h1>${title}</h1>
        <p>${about}</p>
      </div>
      <nav>
        ${
          demonstration
            ? html`<span class="badge badge-demonstration">${say("page:demonstration")}</span>`
            : nothing
        }
        <a class="button" href=${`${serverRoot}app?lang=${this.lang}`}>${say("page:to_map")}</a>
        <div class="switch" role="group" aria-label=${say("page:language")}>
          ${(["zh", "en"] as const).map(
            (lang) => html`<button
              type="button"
              lang=${HTML_LANG[lang]}
              aria-pressed=${lang === this.lang}
              @click=${() => this.#speak(lang)}
            >${lang === "zh" ? "中文" : "EN"}</button>`,
          )}
        </div>
      </nav>
    </header>`;
  }

  #speak(lang: Lang): void {
    this.lang = lang;
    const url = new URL(location.href);
    url.searchParams.set("lang", lang);
    history.replaceState(null, "", url);
    void this.load();
  }
}
