// What lies over the map: its buttons, its state in words, and notes.

import { type Say, speak } from "../text";
import { h, icon, rebuild } from "./dom";
import type { Frame } from "./frame";
import type { Note, State } from "./state";

export interface ChromeDeeds {
  zoom(steps: number): void;
  district(): void;
  retry(): void;
  dismiss(note: Note): void;
}

export function drawControls(frame: Frame, state: State, deeds: ChromeDeeds): void {
  const say = speak(state.lang);
  frame.controls.setAttribute("aria-label", say("map:controls"));
  frame.controls.hidden = state.map !== "here";
  const button = (
    key: "zoom_in" | "zoom_out" | "zoom_district",
    picture: Parameters<typeof icon>[0],
    deed: () => void,
  ) =>
    h(
      "button",
      {
        type: "button",
        "aria-label": say(`map:${key}`),
        title: say(`map:${key}`),
        "data-key": key,
        onclick: deed,
      },
      icon(picture),
    );
  rebuild(
    frame.controls,
    button("zoom_in", "plus", () => deeds.zoom(1)),
    button("zoom_out", "minus", () => deeds.zoom(-1)),
    button("zoom_district", "extent", deeds.district),
  );
}

export function drawMapState(frame: Frame, state: State, deeds: ChromeDeeds): void {
  const say = speak(state.lang);
  frame.mapState.hidden = state.map === "here";
  rebuild(frame.mapState, mapState(state, say, deeds));
}

function mapState(state: State, say: Say, deeds: ChromeDeeds): HTMLElement | null {
  switch (state.map) {
    case "here":
      return null;
    case "waiting":
      return h("p", { class: "state", role: "status" }, say("map:loading"));
    case "no-webgl":
      return h("p", { class: "state state-failed", role: "alert" }, say("map:no_webgl"));
    case "no-style":
      return h(
        "div",
        { class: "state state-failed", role: "alert" },
        h("p", {}, say("map:failed")),
        h(
          "button",
          { type: "button", class: "button", "data-key": "map-retry", onclick: deeds.retry },
          say("page:try_again"),
        ),
      );
  }
}

export function drawNotes(frame: Frame, state: State, deeds: ChromeDeeds): void {
  const say = speak(state.lang);
  rebuild(
    frame.notes,
    ...state.notes.map((note) =>
      h(
        "div",
        { class: "note" },
        h("span", {}, say(`notes:${note.key}`, { layer: note.layer })),
        h(
          "button",
          {
            type: "button",
            class: "icon-button",
            "aria-label": say("notes:close"),
            onclick: () => deeds.dismiss(note),
          },
          icon("close"),
        ),
      ),
    ),
  );
}
