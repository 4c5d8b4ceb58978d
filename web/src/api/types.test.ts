import { compile, type JSONSchema } from "json-schema-to-typescript";
import { expect, test } from "vitest";

const [schema] = Object.values(
  import.meta.glob<JSONSchema>("../../../docs/api.schema.json", { import: "default", eager: true }),
);

const BANNER =
  "// The server's answers: made by `npm run types` from docs/api.schema.json, never by hand.";

/** The same schema, references alone: beside a description the compiler takes each for a type of its own. */
function bare(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(bare);
  if (typeof part !== "object" || part === null) return part;
  if ("$ref" in part) return { $ref: part.$ref };
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, bare(value)]));
}

/** The types of the server's answers, each named as in the schema. */
async function types(): Promise<string> {
  if (!schema) throw new Error("docs/api.schema.json is missing");
  const text = await compile(bare(schema) as JSONSchema, "Answer", {
    additionalProperties: false,
    bannerComment: BANNER,
    style: { printWidth: 100 },
  });
  return text.replaceAll(/\/\*\*\n\s*\* (.*)\n\s*\*\//g, "/** $1 */");
}

// `npm run types` runs this test so that it writes the file instead.
test("types.gen.ts is what the server's schema makes", async () => {
  await expect(await types()).toMatchFileSnapshot("./types.gen.ts");
});
