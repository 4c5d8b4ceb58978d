// The page /app/embed: the builder, begun with the layers and the language of the address.
import "../../map/tokens.css";
import "../base.css";
import "../header.css";
import "./builder.css";
import "../../widget";
import { connect } from "../../api/client";
import { serverRoot } from "../../api/root";
import { readLayers } from "../../widget/settings";
import { firstLanguage } from "../loading";
import { readLang } from "../permalink";
import { Builder } from "./builder";

const builder = document.querySelector("om-builder");
if (builder instanceof Builder) {
  const said = new URLSearchParams(location.search);
  builder.api = connect(serverRoot);
  builder.lang = firstLanguage(null, readLang(said.get("lang")), navigator.languages);
  builder.choice = { ...builder.choice, layers: readLayers(said.get("layers")) };
  void builder.load();
}
