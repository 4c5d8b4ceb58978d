// Rules of the house, read off the sources.
import { expect, test } from "vitest";

const all = import.meta.glob<string>(["./**/*.{ts,css}", "../index.html"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const shipped = Object.entries(all).filter(([path]) => !path.endsWith(".test.ts"));

const offenders = (pattern: RegExp, except: string[] = []) =>
  shipped.filter(([path, text]) => !except.includes(path) && pattern.test(text)).map(([p]) => p);

test("the arrow is api ← map ← app", () => {
  const imports = (room: string) =>
    shipped
      .filter(([path]) => path.startsWith(`./${room}/`))
      .flatMap(([, text]) => [...text.matchAll(/from "\.\.\/(\w+)\//g)].map(([, other]) => other));
  expect(imports("api")).toEqual([]);
  expect(new Set(imports("map"))).toEqual(new Set(["api"]));
});

test("raw colours are in tokens.css alone, and CSS defaults in look.ts", () => {
  expect(offenders(/#[0-9a-f]{3,8}\b|\brgba?\(/i, ["./app/tokens.css", "./map/look.ts"])).toEqual(
    [],
  );
});

test("nothing turns text into markup or code", () => {
  expect(offenders(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(/)).toEqual([]);
  expect(offenders(/new Function|<style|style=|\son\w+="/)).toEqual([]);
});

test("no address of another host is in the page", () => {
  expect(offenders(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/)).toEqual([]);
});

test("a file stays below 600 lines and begins by saying what it holds", () => {
  for (const [path, text] of shipped) {
    expect(text.split("\n").length, path).toBeLessThan(600);
    if (path.endsWith(".ts")) expect(text, path).toMatch(/^\/\/ /);
  }
});
