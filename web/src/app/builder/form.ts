// The questions of the builder: which layers, where, how it looks.
import { html, type TemplateResult } from "lit";
import type { Collection, Lang } from "../../api/types";
import type { Datum } from "../../map/datum";
import { themes } from "../../map/themes";
import type { Key, Say } from "../../text";
import { type Control, readTime } from "../../widget/settings";
import type { Choice } from "./snippet";

export type Change = (change: Partial<Choice>) => void;

/** Where the preview looks now. */
export type Place = NonNullable<Choice["place"]>;

const CONTROLS: readonly Control[] = ["zoom", "home", "layers", "legend"];
const SIZES = { least: 200, most: 4000 };

export function layerQuestion(
  choice: Choice,
  collections: readonly Collection[],
  usual: readonly string[],
  say: Say,
  change: Change,
): TemplateResult {
  const { layers } = choice;
  const turn = (id: string) => (event: Event) => {
    const on = (event.target as HTMLInputElement).checked;
    const ids = collections.map((layer) => layer.id);
    change({ layers: ids.filter((other) => (other === id ? on : layers?.includes(other))) });
  };
  return html`<fieldset>
    <legend><h2>${say("builder:layers")}</h2></legend>
    ${radio("layers", say("builder:layers_usual"), layers === null, () => change({ layers: null }))}
    ${radio("layers", say("builder:layers_own"), layers !== null, () => change({ layers: usual }))}
    ${
      layers === null
        ? null
        : html`<div class="layer-choice">
            ${themes(collections).map(
              ({ title, layers: some }) => html`<h3>${title}</h3>
                ${some.map((layer) => check(layer.title, layers.includes(layer.id), turn(layer.id)))}`,
            )}
          </div>
          ${layers.length === 0 ? html`<p class="hint" role="status">${say("builder:layers_none")}</p>` : null}`
    }
  </fieldset>`;
}

export function viewQuestion(
  choice: Choice,
  now: Place | null,
  say: Say,
  change: Change,
): TemplateResult {
  const [lon, lat] = now?.center ?? [0, 0];
  const at = now
    ? say("builder:view_at", {
        zoom: now.zoom.toFixed(1),
        lon: lon.toFixed(4),
        lat: lat.toFixed(4),
      })
    : "";
  return html`<fieldset>
    <legend><h2>${say("builder:view")}</h2></legend>
    <p class="hint">${say("builder:view_hint")}</p>
    ${radio("view", say("builder:view_district"), choice.place === null, () => change({ place: null }))}
    ${radio("view", say("builder:view_own"), choice.place !== null, () => change({ place: now }))}
    <p class="hint place">${at}</p>
  </fieldset>`;
}

export function lookQuestion(choice: Choice, say: Say, change: Change): TemplateResult {
  const number = (event: Event) => {
    const { value } = event.target as HTMLInputElement;
    const pixels = Math.round(Number(value));
    return value.trim() === "" || !Number.isFinite(pixels)
      ? null
      : Math.min(SIZES.most, Math.max(SIZES.least, pixels));
  };
  const themeWords = { any: "theme_any", light: "theme_light", dark: "theme_dark" } as const;
  return html`<fieldset>
    <legend><h2>${say("builder:look")}</h2></legend>
    <div class="pairs">
      ${select(
        say("builder:map_language"),
        [
          ["", say("builder:map_language_any")],
          ["zh", "中文"],
          ["en", "English"],
        ],
        choice.lang ?? "",
        (value) => change({ lang: value === "" ? null : (value as Lang) }),
      )}
      ${select(
        say("builder:theme"),
        (["any", "light", "dark"] as const).map((theme) => [
          theme === "any" ? "" : theme,
          say(`builder:${themeWords[theme]}`),
        ]),
        choice.theme ?? "",
        (value) => change({ theme: value === "" ? null : (value as "light" | "dark") }),
      )}
      <label class="field">
        <span>${say("builder:width")}</span>
        <input type="number" min=${SIZES.least} max=${SIZES.most} .value=${String(choice.width ?? "")}
          @change=${(event: Event) => change({ width: number(event) })} />
      </label>
      <label class="field">
        <span>${say("builder:height")}</span>
        <input type="number" min=${SIZES.least} max=${SIZES.most} .value=${String(choice.height)}
          @change=${(event: Event) => change({ height: number(event) ?? choice.height })} />
      </label>
    </div>
  </fieldset>`;
}

export function controlQuestion(choice: Choice, say: Say, change: Change): TemplateResult {
  return html`<fieldset>
    <legend><h2>${say("builder:controls")}</h2></legend>
    ${CONTROLS.map((control) =>
      check(
        say(`builder:control_${control}` as Key),
        choice.controls.includes(control),
        (event: Event) => {
          const on = (event.target as HTMLInputElement).checked;
          const left = CONTROLS.filter((other) =>
            other === control ? on : choice.controls.includes(other),
          );
          change({ controls: left });
        },
      ),
    )}
    <p class="hint">${say("builder:controls_always")}</p>
  </fieldset>`;
}

export function timeQuestion({ time }: Choice, say: Say, change: Change): TemplateResult {
  const put = ({ target }: Event) => {
    const field = target as HTMLInputElement;
    const said = field.value.trim();
    const read = readTime(said);
    field.setCustomValidity(said === "" || read ? "" : say("builder:time_wrong"));
    if (field.reportValidity()) change({ time: read });
  };
  return html`<details ?open=${time !== null}>
    <summary><h2>${say("builder:time")}</h2></summary>
    <p class="hint" id="time-hint">${say("builder:time_hint")}</p>
    <div class="field">
      <input type="text" placeholder="2024" aria-label=${say("builder:time")} aria-describedby="time-hint"
        .value=${time ?? ""} @change=${put} />
    </div>
  </details>`;
}

export function datumQuestion(choice: Choice, say: Say, change: Change): TemplateResult {
  return html`<details>
    <summary><h2>${say("builder:datum")}</h2></summary>
    <p class="hint">${say("builder:datum_hint")}</p>
    ${(["wgs84", "gcj02", "bd09"] as const).map((datum: Datum) =>
      radio("datum", say(`builder:datum_${datum}`), choice.datum === datum, () =>
        change({ datum, place: null }),
      ),
    )}
  </details>`;
}

function radio(name: string, label: string, on: boolean, chosen: () => void): TemplateResult {
  return html`<label class="option">
    <input type="radio" name=${name} .checked=${on} @change=${chosen} /><span>${label}</span>
  </label>`;
}

function check(label: string, on: boolean, turned: (event: Event) => void): TemplateResult {
  return html`<label class="option">
    <input type="checkbox" .checked=${on} @change=${turned} /><span>${label}</span>
  </label>`;
}

function select(
  label: string,
  options: readonly (readonly [string, string])[],
  value: string,
  chosen: (value: string) => void,
): TemplateResult {
  return html`<label class="field">
    <span>${label}</span>
    <select @change=${(event: Event) => chosen((event.target as HTMLSelectElement).value)}>
      ${options.map(
        ([key, words]) => html`<option value=${key} .selected=${key === value}>${words}</option>`,
      )}
    </select>
  </label>`;
}
