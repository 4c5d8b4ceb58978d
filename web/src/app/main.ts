// The page /app: one state, drawn into the frame, kept in the address.
import "maplibre-gl/dist/maplibre-gl.css";
import "../map/tokens.css";
import "../map/legend.css";
import "./base.css";
import "../map/common.css";
import "./header.css";
import "./panel.css";
import "./map.css";
import "./card.css";
import "./welcome.css";
import "./print/print.css";
import "./search/search.css";
import "./series/chart.css";
import "./table/table.css";
import "./time/time.css";
import "./tools.css";
import { connect } from "../api/client";
import { serverRoot } from "../api/root";
import { App } from "./app";

const page = document.getElementById("page");
if (page) {
  new App(connect(serverRoot), page).start();
}
