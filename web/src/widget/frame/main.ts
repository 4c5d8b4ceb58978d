// The page /embed: the element alone, as large as its frame, set by the address; and its messages to
// and from the page around it.
import "./frame.css";
import { OneMap } from "..";
import { attributesOf } from "./address";
import { hear, tellAround } from "./messages";

const map = document.querySelector("one-map");
if (map instanceof OneMap) {
  for (const [name, value] of attributesOf(location.search)) map.setAttribute(name, value);
  if (window.parent !== window) {
    tellAround(map, window.parent);
    hear(map, window.parent);
  }
}
