import { expect, test } from "vitest";
import { attributesOf as readAddress } from "../../widget/frame/address";
import { readCamera, readControls, readLayers } from "../../widget/settings";
import { address, attributesOf, type Choice, component, iframe, policies } from "./snippet";

const around = {
  server: "https://map.example/one/",
  title: '朝阳区“一张图” <"&>',
  order: ["roads", "sites", "ground"],
  layers: "污染源、道路",
};
const nothing: Choice = {
  layers: null,
  place: null,
  lang: null,
  theme: null,
  controls: ["zoom", "home", "layers", "legend"],
  time: null,
  datum: "wgs84",
  width: null,
  height: 480,
};
const much: Choice = {
  layers: ["sites", "roads"],
  place: { zoom: 12.3, center: [116.45, 39.92] },
  lang: "en",
  theme: "dark",
  controls: ["zoom"],
  time: "2020/2024",
  datum: "gcj02",
  width: 600,
  height: 400,
};

test("what is not chosen is not written", () => {
  expect(iframe(nothing, around)).toContain('src="https://map.example/one/embed"');
  expect(iframe(nothing, around)).toContain('width="100%" height="480"');
  expect(attributesOf(nothing)).toEqual([["height", "480"]]);
  expect(address(nothing, around)).toBe("https://map.example/one/app");
});

test("the frame's address says what the element's attributes say", () => {
  const src = /src="([^"]+)"/.exec(iframe(much, around))?.[1]?.replaceAll("&amp;", "&") ?? "";
  const fromAddress = new Map(readAddress(new URL(src).search));
  const attributes = new Map(attributesOf(much));
  for (const name of ["layers", "controls", "time", "datum", "theme", "lang"]) {
    expect(fromAddress.get(name), name).toBe(attributes.get(name));
  }
  const camera = (said: Map<string, string>) => readCamera(said.get("center"), said.get("zoom"));
  expect(camera(fromAddress)).toEqual(camera(attributes));
  expect(readLayers(attributes.get("layers"))).toEqual(much.layers);
  expect([...readControls(attributes.get("controls"))]).toEqual(["zoom"]);
});

test("words of the map cannot become markup of the host's page", () => {
  for (const code of [iframe(much, around), component(much, around)]) {
    expect(code).toContain("&lt;&quot;&amp;&gt;");
    expect(code).not.toContain('<"&>');
  }
});

test("without scripts the element holds a link and the layers' names", () => {
  const code = component(much, around);
  expect(code).toContain('<script type="module" src="https://map.example/one/widget.js">');
  expect(code).toMatch(/<a href="https:\/\/map\.example\/one\/app#map=12\.30\/39\.9/);
  expect(code).toContain("</a> – 污染源、道路");
});

test("the full map is in WGS 84 whatever the host is in", () => {
  const [, lat = "", lon = ""] = /map=[\d.]+\/([\d.]+)\/([\d.]+)/.exec(address(much, around)) ?? [];
  expect(Number(lon)).toBeCloseTo(116.4437, 3);
  expect(Number(lat)).toBeCloseTo(39.9187, 3);
});

test("on the full map the layers lie as they do here", () => {
  expect(address(much, around)).toContain("&layers=roads,sites&time=2020/2024&");
});

test("a policy names the server's origin alone", () => {
  expect(policies(around)).toEqual({
    iframe: "frame-src https://map.example",
    component: "script-src https://map.example; connect-src https://map.example; worker-src blob:",
  });
});
