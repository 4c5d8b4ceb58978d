import { expect, test } from "vitest";
import { connect } from "./client";

const answer =
  (body: unknown, status = 200) =>
  () =>
    Promise.resolve(new Response(JSON.stringify(body), { status }));

test("it asks under the root, in the reader's language, and keeps the answer", async () => {
  const asked: string[] = [];
  const api = connect("http://here/one/", (url) => {
    asked.push(url);
    return answer({ collections: [] })();
  });
  await api.collections("en");
  await api.collections("en");
  await api.collections("zh");
  expect(asked).toEqual([
    "http://here/one/collections?lang=en",
    "http://here/one/collections?lang=zh",
  ]);
});

test("no answer is unreachable, and the next try asks again", async () => {
  let up = false;
  const api = connect("http://here/", () =>
    up ? answer({ properties: {} })() : Promise.reject(new TypeError("refused")),
  );
  await expect(api.schema("a", "zh")).rejects.toMatchObject({ kind: "unreachable" });
  up = true;
  await expect(api.schema("a", "zh")).resolves.toEqual({ properties: {} });
});

test("a problem gives its own sentence", async () => {
  const problem = { type: "/problems/not-found", title: "Not found", status: 404, detail: "No 7." };
  const api = connect("http://here/", answer(problem, 404));
  await expect(api.item("a", 7, "en")).rejects.toMatchObject({
    kind: "refused",
    status: 404,
    sentence: "No 7.",
  });
});

test("what is not the contract's shape is malformed", async () => {
  for (const body of [[], null, "x", {}, { collections: {} }]) {
    const api = connect("http://here/", answer(body));
    await expect(api.collections("en")).rejects.toMatchObject({ kind: "malformed" });
  }
});

test("a page of items tells where the next one is", async () => {
  const asked: string[] = [];
  const api = connect("http://here/one/", (url) => {
    asked.push(url);
    const links = asked.length === 1 ? [{ rel: "next", href: "http://here/one/x?after=2" }] : [];
    return answer({ features: [], numberMatched: 3, numberReturned: 0, links })();
  });
  const first = await api.page("readings", { station_id: "A 1", limit: "2" }, "en");
  expect(first).toMatchObject({ matched: 3, next: "http://here/one/x?after=2" });
  expect((await api.follow(first.next ?? "", "en")).next).toBeNull();
  expect(asked).toEqual([
    "http://here/one/collections/readings/items?station_id=A+1&limit=2&lang=en",
    "http://here/one/x?after=2&lang=en",
  ]);
});
