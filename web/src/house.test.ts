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

/** The rooms from below to above: each may import those before it. */
const ROOMS = ["text", "api", "map", "widget", "app"];

test("the arrow is text ← api ← map ← widget ← app", () => {
  for (const [path, text] of Object.entries(all)) {
    const room = ROOMS.indexOf(path.split("/")[1] ?? "");
    if (room < 0) continue;
    for (const [, target = ""] of text.matchAll(/from "(\.[^"?]+)/g)) {
      const other = new URL(target, `file:///${path}`).pathname.split("/")[1] ?? "";
      expect(ROOMS, `${path} imports ${other}`).toContain(other);
      expect(ROOMS.indexOf(other), `${path} imports ${other}`).toBeLessThanOrEqual(room);
    }
  }
});

test("raw colours are in tokens.css alone, and CSS defaults in look.ts", () => {
  expect(offenders(/#[0-9a-f]{3,8}\b|\brgba?\(/i, ["./map/tokens.css", "./map/look.ts"])).toEqual(
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
    // What is made from the server's schema is as long as that is.
    if (!path.endsWith(".gen.ts")) expect(text.split("\n").length, path).toBeLessThan(600);
    if (path.endsWith(".ts")) expect(text, path).toMatch(/^\/\/ /);
  }
});
