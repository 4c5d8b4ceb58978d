// The page /app/plan: the plan board, in the language of the address or the browser.
import "../../map/tokens.css";
import "../base.css";
import "../header.css";
import "../series/chart.css";
import "./plan.css";
import { connect } from "../../api/client";
import { firstLanguage } from "../loading";
import { readLang } from "../permalink";
import { PlanBoard } from "./board";

const board = document.querySelector("om-plan");
if (board instanceof PlanBoard) {
  const said = readLang(new URLSearchParams(location.search).get("lang"));
  board.api = connect(new URL("../", location.href).href);
  board.lang = firstLanguage(null, said, navigator.languages);
  void board.load();
}
