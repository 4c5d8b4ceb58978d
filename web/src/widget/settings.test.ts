import { expect, test } from "vitest";
import {
  readBbox,
  readCamera,
  readControls,
  readDatum,
  readFeature,
  readLang,
  readLayers,
  readPlace,
  readServer,
  readTime,
} from "./settings";

test("layers: unsaid is not the same as none", () => {
  expect(readLayers(null)).toBeNull();
  expect(readLayers("")).toEqual([]);
  expect(readLayers("roads, parcels roads")).toEqual(["roads", "parcels"]);
  expect(readLayers('"><script>,a')).toEqual(["a"]);
});

test("controls: unsaid is all of them, none is none", () => {
  expect([...readControls(undefined)]).toEqual(["zoom", "home", "layers", "legend"]);
  expect([...readControls("none")]).toEqual([]);
  expect([...readControls("legend,zoom")]).toEqual(["zoom", "legend"]);
  expect([...readControls("yes")]).toEqual([...readControls(undefined)]);
});

test("a place is a centre with a zoom, or as in an address", () => {
  const place = { zoom: 11, lon: 116.4, lat: 39.9 };
  expect(readCamera("116.4, 39.9", "11")).toEqual(place);
  expect(readPlace("11/39.9/116.4")).toEqual(place);
  expect(readCamera("116.4,39.9", null)).toEqual({ ...place, zoom: 12 });
  for (const wrong of ["", "116.4", "x,39.9", "116.4,99", "1,2,3", "200,1"]) {
    expect(readCamera(wrong, "11"), wrong).toBeNull();
  }
  for (const wrong of ["", "11/39.9", "11/39.9/", "99/39.9/116.4"]) {
    expect(readPlace(wrong), wrong).toBeNull();
  }
});

test("a box has its corners in order", () => {
  expect(readBbox("116.3,39.8,116.6,40")).toEqual([116.3, 39.8, 116.6, 40]);
  for (const wrong of ["", "1,2,3", "3,2,1,4", "1,4,3,2", "1,2,3,4,5", "1,2,x,4"]) {
    expect(readBbox(wrong), wrong).toBeNull();
  }
});

test("feature, datum, time, language", () => {
  expect(readFeature("pollution-sites/12")).toEqual({ layer: "pollution-sites", id: 12 });
  expect(readFeature("pollution-sites/x")).toBeNull();
  expect([readDatum("GCJ-02"), readDatum("bd09"), readDatum("nad27")]).toEqual([
    "gcj02",
    "bd09",
    "wgs84",
  ]);
  for (const right of ["2024", "2024-06-01", "2020/2024-06", "../2024-06-01", "2024-06-01/.."]) {
    expect(readTime(right), right).toBe(right);
  }
  for (const wrong of ["", "June", "2024-06-01&x=1", "a/b"]) expect(readTime(wrong)).toBeNull();
  expect([readLang("zh-CN"), readLang("en"), readLang("de")]).toEqual(["zh", "en", null]);
});

test("a server is an address of the web, with a slash at its end", () => {
  const page = "https://host.example/a/b";
  expect(readServer("https://map.example/one", page)).toBe("https://map.example/one/");
  expect(readServer("/one/?x#y", page)).toBe("https://host.example/one/");
  expect(readServer("javascript:alert(1)", page)).toBeNull();
  expect(readServer("", page)).toBeNull();
});
