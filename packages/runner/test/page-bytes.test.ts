import { expect, it } from "vitest";
import { pageBytes } from "../src/page/page-bytes.ts";

const telling = (tell: () => Promise<unknown>) => ({ measureUserAgentSpecificMemory: tell });

it("is what the browser tells", async () => {
  expect(await pageBytes(telling(async () => ({ bytes: 4_000_000, breakdown: [] })))).toBe(4_000_000);
});

it.each<[string, object]>([
  ["has no such measure", {}],
  ["refuses it to this page", telling(() => Promise.reject(new Error("not isolated")))],
  ["takes too long", telling(() => new Promise(() => {}))],
  ["tells something else", telling(async () => ({ bytes: "many" }))],
])("is not told where the browser %s", async (_, performance) => {
  expect(await pageBytes(performance, 10)).toBeUndefined();
});
