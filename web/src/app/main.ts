// The page /app: one state, drawn into the frame, kept in the address.
import "maplibre-gl/dist/maplibre-gl.css";
import "../map/tokens.css";
import "../map/legend.css";
import "./base.css";
import "./header.css";
import "./panel.css";
import "./map.css";
import "./card.css";
import { connect } from "../api/client";
import { serverRoot } from "../api/root";
import { App } from "./app";

const page = document.getElementById("page");
if (page) {
  new App(connect(serverRoot), page).start();
}
