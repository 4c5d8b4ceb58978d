import { compile, type JSONSchema } from "json-schema-to-typescript";
import { expect, test } from "vitest";

const [schema] = Object.values(
  import.meta.glob<JSONSchema>("../../../docs/api.schema.json", { import: "default", eager: true }),
);

const BANNER =
  "// The server's answers: made by `npm run types` from docs/api.schema.json, never by hand.";

/** The types of the server's answers, each named as in the schema. */
async function types(): Promise<string> {
  if (!schema) throw new Error("docs/api.schema.json is missing");
  const text = await compile(schema, "Answer", {
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
