// Every feature that speaks, under the name its keys begin with. A new one adds its file and a line.
import { attribution } from "./attribution";
import { builder } from "./builder";
import { card } from "./card";
import { facts } from "./facts";
import { layers } from "./layers";
import { legend } from "./legend";
import { map } from "./map";
import { notes } from "./notes";
import { page } from "./page";
import { plan } from "./plan";
import { print } from "./print";
import type { screening } from "./screening";
import { search } from "./search";
import { share } from "./share";
import { table } from "./table";
import { time } from "./time";
import { tools } from "./tools";
import { values } from "./values";
import { welcome } from "./welcome";
import { widget } from "./widget";

export const FEATURES = {
  attribution,
  builder,
  card,
  facts,
  layers,
  legend,
  map,
  notes,
  page,
  plan,
  print,
  search,
  share,
  table,
  time,
  tools,
  values,
  welcome,
  widget,
} as const;

/** Features of parts that are fetched when they are wanted, and bring their sentences along. */
export interface Later {
  screening: typeof screening;
}
