// The server's answers by the names the page has for them. What they hold is made from the server's
// own types: see types.gen.ts.
import type * as made from "./types.gen";

export type { Lang } from "../text/language";
export type {
  Bbox,
  Collection,
  Collections,
  Coverage,
  Item,
  ItemList,
  Landing,
  Link,
  Place,
  Places,
  Problem as ProblemDetails,
  Provenance,
  Scalar,
  Shape,
} from "./types.gen";

export type Audience = made.Landing["onemap"]["audience"];

/** In which form this audience has a layer. */
export type Form = made.Collection["onemap"]["form"];

/** The values of a feature's fields. */
export type Properties = made.Item["properties"];

/** A field, as far as it is told: a place for one that the layer does not name holds nothing. */
export type SchemaProperty = Partial<made.SchemaProperty>;

/** The fields of a layer; none until they are told. */
export type Schema = Record<
  keyof Pick<made.Schema, "properties">,
  Record<keyof made.Schema["properties"], SchemaProperty>
>;
