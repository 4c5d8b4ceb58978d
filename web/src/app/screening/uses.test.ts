import { expect, test } from "vitest";
import { choices } from "./uses";

const system = {
  id: "ydyh-2023",
  title: "Land and sea use",
  default: true,
  codes: [
    { code: "0701", title: "Urban residential", parent: "07" },
    { code: "07", title: "Residential", parent: null },
    { code: "08", title: "Public administration and services", parent: null },
    { code: "080403", title: "Primary and secondary schools", parent: "0804" },
    { code: "0804", title: "Education", parent: "08" },
  ],
};
const shown = (query: string) =>
  choices(system, query).map(({ code, depth }) => `${" ".repeat(depth)}${code}`);

test("each class stands before those under it", () => {
  expect(shown("")).toEqual(["07", " 0701", "08", " 0804", "  080403"]);
});

test("a word finds codes and names, below the classes they stand under", () => {
  expect(shown("school")).toEqual(["08", " 0804", "  080403"]);
  expect(shown("0701")).toEqual(["07", " 0701"]);
  expect(shown("nothing of the kind")).toEqual([]);
});

test("a choice says its classification, since codes of different ones collide", () => {
  expect(choices(system, "0701").map(({ use }) => use)).toEqual(["ydyh-2023:07", "ydyh-2023:0701"]);
});
