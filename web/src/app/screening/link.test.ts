import { expect, test } from "vitest";
import type { Question } from "../../api/screening";
import { readQuestion, writeQuestion } from "./link";

const again = (question: Question) =>
  readQuestion(new URLSearchParams(writeQuestion(question).join("&")));

test("a question is read back from its address", () => {
  const questions: Question[] = [
    { parcel: { id: "110105001001GB00012" }, planned: ["ydyh-2023:0701"], profile: null },
    { parcel: { id: "甲 1/2;3,4" }, planned: null, profile: "beijing-500" },
    {
      parcel: { at: [116.46, 39.92] },
      planned: ["gb50137-2011:R2", "ydyh-2023:05"],
      profile: null,
    },
    {
      parcel: {
        parts: [
          [
            [116.4, 39.9],
            [116.41, 39.9],
            [116.41, 39.9123456],
          ],
          [
            [116.5, 39.9],
            [116.51, 39.9],
            [116.51, 39.91],
            [116.5, 39.91],
          ],
        ],
      },
      planned: null,
      profile: null,
    },
  ];
  for (const question of questions) expect(again(question)).toEqual(question);
});

test("nothing is asked without a parcel", () => {
  expect(again({ parcel: null, planned: ["ydyh-2023:0701"], profile: null })).toBe(null);
  for (const hash of [
    "",
    "screen=",
    "screen=x:1",
    "screen=at:1",
    "screen=at:1,2,3,4",
    "screen=at:200,3",
    "screen=area:1,2,3,4",
    "screen=area:1,2,3,4,5,6;7,8",
    "screen=area:1,2,a,4,5,6",
  ]) {
    expect(readQuestion(new URLSearchParams(hash)), hash).toBe(null);
  }
});

test("uses and profiles that make no sense count as unsaid", () => {
  const said = new URLSearchParams(
    "screen=id:1&use=0701,<b>:1,ydyh-2023:0701,ydyh-2023:0701&profile=<x>",
  );
  expect(readQuestion(said)).toEqual({
    parcel: { id: "1" },
    planned: ["ydyh-2023:0701"],
    profile: null,
  });
});
