// The page /app/embed: the builder, begun with the layers and the language of the address.
import "../../map/tokens.css";
import "../base.css";
import "../../map/common.css";
import "../header.css";
import "../side-page.css";
import "./builder.css";
import "../../widget";
import { readLayers } from "../../widget/settings";
import { Builder } from "./builder";

const builder = document.querySelector("om-builder");
if (builder instanceof Builder) {
  const layers = readLayers(new URLSearchParams(location.search).get("layers"));
  builder.choice = { ...builder.choice, layers };
  builder.begin();
}
