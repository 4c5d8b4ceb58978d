import { expect, test } from "vitest";
import { type Permalink, readHash, writeHash } from "./permalink";

const NOTHING: Permalink = {
  camera: null,
  layers: null,
  opacity: new Map(),
  feature: null,
  coverage: null,
  year: null,
  compared: null,
  screened: null,
  lang: null,
  theme: null,
};

test("what is written is read back", () => {
  const link: Permalink = {
    camera: { zoom: 12.5, lat: 39.92, lon: 116.44 },
    layers: ["parcels", "pollution-sites"],
    opacity: new Map([["parcels", 60]]),
    feature: { layer: "pollution-sites", id: 12 },
    coverage: "pollution-sites",
    year: 2015,
    compared: { left: "land-use-current", right: "land-use-plan", split: 0.4 },
    screened: { parcel: { id: "P1" }, planned: ["ydyh-2023:0701"], profile: null },
    lang: "en",
    theme: "dark",
  };
  const hash = writeHash(link);
  expect(hash).toBe(
    "#map=12.50/39.92000/116.44000&layers=parcels:60,pollution-sites" +
      "&feature=pollution-sites/12&coverage=pollution-sites&time=2015&compare=land-use-current,land-use-plan,40" +
      "&screen=id:P1&use=ydyh-2023:0701&lang=en&theme=dark",
  );
  expect(readHash(hash)).toEqual(link);
});

test("no layers is not the same as layers unsaid", () => {
  expect(readHash(writeHash({ ...NOTHING, layers: [] })).layers).toEqual([]);
  expect(readHash("").layers).toBe(null);
});

test("nonsense counts as unsaid", () => {
  for (const hash of [
    "#map=a/b/c",
    "#map=3/91/0",
    "#map=//",
    "#map=1/2",
    "#feature=x",
    "#lang=fr",
    "#theme=pink",
  ]) {
    expect(readHash(hash), hash).toEqual(NOTHING);
  }
  expect(readHash("#layers=a,<b>,c&feature=A/1&coverage=../x")).toEqual({
    ...NOTHING,
    layers: ["a", "c"],
  });
  expect(readHash("#layers=a:400,b:x,c:0,b").opacity).toEqual(new Map([["c", 0]]));
  expect(readHash("#layers=a:400,b:x,c:0,b").layers).toEqual(["a", "b", "c"]);
});
