// A series tells what was recorded and what was not.
import { expect, test } from "vitest";
import { latest, reached, seriesOf } from "./series";

const rows = (pairs: [string | number, number | null][]) =>
  pairs.map(([month, pm25]) => ({ month, pm25 }));

test("a month that nobody recorded stays in the series, without a value", () => {
  const series = seriesOf(
    rows([
      ["2024-03", 30],
      ["2024-01", 50],
      ["2024-04", null],
    ]),
    "month",
    "pm25",
  );
  expect(series.step).toBe("month");
  expect(series.points.map(({ value }) => value)).toEqual([50, null, 30, null]);
  expect(latest(series)?.value).toBe(30);
});

test("a quarter that nobody recorded is a gap, and the months between quarters are none", () => {
  const series = seriesOf(
    rows([
      ["2024-01-01", 57],
      ["2024-04-01", 56],
      ["2024-10-01", 58],
    ]),
    "month",
    "pm25",
  );
  expect(series.points.map(({ value }) => value)).toEqual([57, 56, null, 58]);
});

test("first days of months are months, years are years, other days are days", () => {
  const step = (times: (string | number)[]) =>
    seriesOf(rows(times.map((time) => [time, 1])), "month", "pm25").step;
  expect(step(["2024-03-01", "2024-04-01"])).toBe("month");
  expect(step(["2024-01-01", "2024-10-01"])).toBe("quarter");
  expect(step([2021, 2022])).toBe("year");
  expect(step(["2024-03-05", "2024-04-01"])).toBe("other");
});

test("a target is reached when the last recorded value is on its side or on it", () => {
  const series = seriesOf(
    rows([
      [2023, 33],
      [2024, 32],
      [2025, null],
    ]),
    "month",
    "pm25",
  );
  expect(reached(series, { value: 32, direction: "at_most", year: 2025 })).toBe(true);
  expect(reached(series, { value: 33, direction: "at_least", year: 2025 })).toBe(false);
  expect(reached(series, null)).toBeNull();
  expect(
    reached({ step: "year", points: [] }, { value: 1, direction: "at_most", year: 1 }),
  ).toBeNull();
});

test("rows without a time are left out, and no rows are an empty series", () => {
  expect(seriesOf([{ month: null, pm25: 3 }], "month", "pm25").points).toEqual([]);
});
