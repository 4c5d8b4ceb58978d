import { expect, test } from "vitest";
import { connect, ServerError } from "./client";
import { body, outline, parameters, type Question } from "./screening";

const triangle = [
  [116.4, 39.9],
  [116.41, 39.9],
  [116.41, 39.91],
] as const;
const drawn: Question = {
  parcel: { parts: [triangle as never] },
  planned: ["ydyh-2023:0701", "ydyh-2023:05"],
  profile: "strict",
};

test("what is drawn is closed; several parts are one parcel", () => {
  expect(outline([triangle as never])).toEqual({
    type: "Polygon",
    coordinates: [[...triangle, triangle[0]]],
  });
  expect(outline([triangle as never, triangle as never]).type).toBe("MultiPolygon");
});

test("a question is asked by parameters, and kept by a document that says the same", () => {
  expect(parameters({ parcel: { at: [116.4, 39.9] }, planned: null, profile: null })).toEqual({
    lon: "116.4",
    lat: "39.9",
  });
  expect(parameters({ ...drawn, parcel: { id: "P 1" } })).toEqual({
    parcel: "P 1",
    planned: "ydyh-2023:0701,ydyh-2023:05",
    profile: "strict",
  });
  expect(body(drawn)).toEqual({
    parcel: { geometry: outline([triangle as never]), crs: "CRS84" },
    planned_use: [
      { system: "ydyh-2023", code: "0701" },
      { system: "ydyh-2023", code: "05" },
    ],
    profile: "strict",
  });
});

test("a place on a border comes with the parcels it may mean", async () => {
  const candidates = [
    { id: "A", feature: 1 },
    { id: "B", feature: 2 },
  ];
  const api = connect("http://map.example/", async () =>
    Response.json({ title: "Several parcels", status: 409, candidates }, { status: 409 }),
  );
  const error = await api.screen({ ...drawn, parcel: { at: [1, 2] } }, "en").catch((e) => e);
  expect(error).toBeInstanceOf(ServerError);
  expect(error.candidates).toEqual(candidates);
});

test("nothing is kept unless it is asked for", async () => {
  const sent: string[] = [];
  const api = connect("http://map.example/", async (url, init) => {
    sent.push(`${init.method ?? "GET"} ${url.replace("http://map.example", "")}`);
    return Response.json({ verdict: "incomplete", findings: [] });
  });
  await api.screen({ ...drawn, parcel: { id: "P" }, planned: null, profile: null }, "en");
  await api.screen(drawn, "en");
  await api.keepScreening(drawn, "en");
  expect(sent).toEqual([
    "GET /screenings?parcel=P&lang=en",
    "POST /screenings?keep=no&lang=en",
    "POST /screenings?lang=en",
  ]);
  expect(api.reportAddress("a b", "zh")).toBe("http://map.example/screenings/a%20b.html?lang=zh");
});
