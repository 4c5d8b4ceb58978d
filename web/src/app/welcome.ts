// The first thing a newcomer sees: questions to begin with, and three sentences on how.
import { html, nothing, type TemplateResult } from "lit";
import { serverRoot } from "../api/root";
import type { Collection } from "../api/types";
import { icon } from "../map/icon";
import { Part } from "./part";
import { type Answer, type QuestionId, questions } from "./questions";

/** The pages beside the map. */
const PAGES = ["plan", "embed"] as const;

class Welcome extends Part {
  static override properties = {
    open: { type: Boolean },
    collections: { attribute: false },
  };

  declare open: boolean;
  declare collections: readonly Collection[];

  protected override render(): TemplateResult | typeof nothing {
    const { lang, say } = this.tongue;
    if (!this.open) return nothing;
    return html`<section class="welcome" aria-labelledby="welcome-title">
      <div class="welcome-head">
        <h2 id="welcome-title" tabindex="-1">${say("welcome:title")}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label=${say("welcome:close")}
          title=${say("welcome:close")}
          @click=${() => this.tell("om-welcome", false)}
        >${icon("close")}</button>
      </div>
      <ul>
        ${questions(this.collections).map(
          ([id, answer]) => html`<li>${this.#question(id, answer)}</li>`,
        )}
      </ul>
      <p class="welcome-how">${say("welcome:how")}</p>
      <nav class="welcome-pages" aria-label=${say("welcome:more")}>
        ${PAGES.map(
          (page) =>
            html`<a class="link" href=${address(`app/${page}`, lang)}>${say(`welcome:${page}`)}</a>`,
        )}
      </nav>
    </section>`;
  }

  #question(id: QuestionId, answer: Answer): TemplateResult {
    const words = html`<span>${this.tongue.say(`welcome:${id}`)}</span>${icon("next")}`;
    return answer.page === undefined
      ? html`<button type="button" class="question" @click=${() => this.tell("om-question", id)}
        >${words}</button>`
      : html`<a class="question" href=${address(answer.page, this.tongue.lang)}>${words}</a>`;
  }
}

/** The address of another page, in this language. */
export function address(page: string, lang: string): string {
  const url = new URL(page, serverRoot);
  url.searchParams.set("lang", lang);
  return url.href;
}

customElements.define("om-welcome", Welcome);
