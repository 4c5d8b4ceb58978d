import { expect, test } from "vitest";
import type { Schema, SchemaProperty } from "../api/types";
import { tongue } from "../text";
import type { Meaning } from "./legend";
import {
  attributes,
  dateWords,
  meaningWords,
  measure,
  nameOf,
  parcelNumbers,
  precisionWords,
  validWords,
  valueWords,
} from "./words";

const zh = tongue("zh");
const en = tongue("en");

const schema: Schema = {
  properties: {
    site_id: { title: "Number", type: "string" },
    name: { title: "Name", type: "string" },
    status: {
      title: "Status",
      oneOf: [
        { const: "open", title: "In use" },
        { const: "shut", title: "Closed" },
        { const: null, title: "Nothing noted" },
      ],
    },
    zinc: { title: "Zinc", type: "number", "x-onemap-unit": "mg/kg" },
    zinc_lod: { title: "Zinc: limit of detection", type: "number" },
    listed: { title: "Listed", type: "boolean" },
    opened: { title: "Opened", type: "string", format: "date" },
    area: { title: "Area", type: "number", "x-onemap-unit": "m2" },
  },
};

test("attributes come in the schema's order, in words, without companions", () => {
  const properties = {
    area: 12345.6,
    opened: "1986-03-01",
    listed: false,
    zinc: null,
    zinc_lod: 0.05,
    status: "shut",
    name: "<b>x</b>",
    site_id: null,
  };
  expect(
    attributes(properties, schema, en).map(({ title, words }) => `${title}: ${words}`),
  ).toEqual([
    "Number: Not recorded",
    "Name: <b>x</b>",
    "Status: Closed",
    "Zinc: <0.05\u00a0mg/kg",
    "Listed: No",
    "Opened: 1 March 1986",
    "Area: 12,345.6\u00a0m²",
  ]);
});

test("a code that the list does not hold is never shown raw", () => {
  const [, , status] = attributes({ status: "X9" }, schema, zh);
  expect(status?.words).toBe("代码表之外的值");
});

test("a property that the schema does not name comes last, under its own name", () => {
  expect(attributes({ extra: 1 }, schema, en).at(-1)).toMatchObject({ title: "extra", words: "1" });
});

test("numbers keep their digits; ids and years are not grouped", () => {
  expect(measure(2015, undefined, "en")).toBe("2015");
  expect(measure(110105, undefined, "en")).toBe("110105");
  expect(measure(0.000012345, "mg/kg", "en")).toBe("0.000012345\u00a0mg/kg");
  expect(measure(8200, "m²", "en")).toBe("8200\u00a0m²");
});

test("dates are as precise as they were given", () => {
  expect(["2025", "2025-06", "2025-06-30"].map((iso) => dateWords(iso, "zh"))).toEqual([
    "2025年",
    "2025年6月",
    "2025年6月30日",
  ]);
  expect(dateWords("2025-06", "en")).toBe("June 2025");
  expect(dateWords("sometime", "en")).toBe("sometime");
});

test("precision and validity say when they are not stated", () => {
  expect(precisionWords(30, en)).toBe("± 30 m");
  expect(precisionWords(null, en)).toBe("Accuracy not stated");
  expect(validWords({ from: null, to: null }, en)).toBe("Not stated");
  expect(validWords({ from: "1986-03-01", to: null }, zh)).toBe("自 1986年3月1日 起");
});

test("legend entries are worded from the code list", () => {
  const values = { kind: "values", field: "status", values: ["open", "shut"] } as const;
  expect(meaningWords({ ...values, values: ["open", "shut"] }, schema, zh)).toBe("In use、Closed");
  const many = { kind: "values", field: "site_id", values: ["a", "b", "c", "d"] } as const;
  expect(meaningWords({ ...many, values: [...many.values] }, schema, en)).toBe("a (4 kinds)");
  const others = (known: string[]) =>
    meaningWords({ kind: "others", field: "status", known }, schema, en);
  expect(others(["open"])).toBe("Closed, Not recorded");
  expect(others(["open", "shut"])).toBe("Not recorded");
  const apart = { kind: "others", field: "status", known: ["open"], presence: true as const };
  expect(meaningWords(apart as Meaning, schema, en)).toBe("Closed");
  const always: SchemaProperty = { type: "string", oneOf: [{ const: "a", title: "A" }] };
  expect(
    meaningWords(
      { kind: "others", field: "kind", known: [] },
      { properties: { kind: always } },
      en,
    ),
  ).toBe("A");
  const free = meaningWords({ kind: "others", field: "name", known: ["x"] }, schema, en);
  expect(free).toBe("Other or not recorded");
  const bound = (value: number) => ({ value, upper: true });
  const range = { kind: "range", field: "zinc" } as const;
  expect(meaningWords({ ...range, from: bound(200), to: bound(300) }, schema, en)).toBe(
    "200 – 300\u00a0mg/kg",
  );
  expect(meaningWords({ ...range, from: null, to: bound(200) }, schema, en)).toBe(
    "< 200\u00a0mg/kg",
  );
});

test("an attribute may name parcels, and nothing else counts as one", () => {
  const [a, b] = ["110105001001GB80001", "110105001001GB80002"];
  expect(parcelNumbers(a)).toEqual([a]);
  expect(parcelNumbers(`${a};${b}`)).toEqual([a, b]);
  expect(parcelNumbers(`${a}；演示`)).toEqual([]);
  expect(parcelNumbers("11,637.2 m²")).toEqual([]);
});

test("a feature is called by its layer's label, else by its name, else by its first text", () => {
  expect(nameOf({ name: "Old works", site_id: "S1" }, schema, en, "site_id")).toBe("S1");
  expect(nameOf({ name: "旧厂", name_en: "Old works" }, null, en, "name")).toBe("Old works");
  expect(nameOf({ name: "旧厂", name_en: "Old works" }, null, zh, "name")).toBe("旧厂");
  expect(nameOf({ name: "Old works", site_id: null }, schema, en, "site_id")).toBe("Old works");
  expect(nameOf({ name: "Old works", site_id: "S1" }, schema, en)).toBe("Old works");
  expect(nameOf({ name: null, site_id: "S1" }, schema, en)).toBe("S1");
  expect(nameOf({ status: "open" }, schema, en)).toBe(null);
});

test("of a generalised record nobody says that what is withheld was not recorded", () => {
  const plain = { properties: { day: { title: "Date" } } };
  const wall = { properties: { ...plain.properties, dataGeneralizations: { title: "How" } } };
  expect(attributes({ day: null }, plain, en)[0]?.words).toBe("Not recorded");
  expect(attributes({ day: null }, wall, en)[0]?.words).toBe("Not told, or not recorded");
});

test("what was done to a record is told in the reader's language alone", () => {
  const record = { dataGeneralizations: "坐标已概化 / Coordinates generalised" };
  const told = (lang: "zh" | "en") => valueWords(record, "dataGeneralizations", null, tongue(lang));
  expect(told("zh")).toBe("坐标已概化");
  expect(told("en")).toBe("Coordinates generalised");
});
