// The page /app/plan: the plan board.
import "../../map/tokens.css";
import "../base.css";
import "../../map/common.css";
import "../header.css";
import "../side-page.css";
import "../series/chart.css";
import "./plan.css";
import { PlanBoard } from "./board";

const board = document.querySelector("om-plan");
if (board instanceof PlanBoard) board.begin();
