import { expect, it } from "vitest";
import { latestOf } from "../build/latest-of.ts";
import { newestFigures } from "../build/newest-figures.ts";
import type { SiteCell } from "../src/data/site-cell.ts";
import { headlineOf } from "../src/pages/headline.ts";
import { quick, sweep } from "./support/runs.ts";

const { machines } = await newestFigures([sweep]);
const [latest] = machines.map(latestOf);
if (!latest) throw new Error("There is no machine.");
const ofModel = latest.cells.filter(({ model }) => model === "mobilenet_v1_0.5_160");
const ranked = (ranks: Readonly<Record<string, readonly [number, number]>>): SiteCell[] =>
  ofModel.flatMap((cell) => {
    const rank = ranks[cell.backend];
    return rank === undefined ? [] : [{ ...cell, rank }];
  });

it("tells who is fastest on the heaviest model, what is next, where and when", () => {
  expect(headlineOf(latest.cells, latest)).toEqual({
    title: "ort-node is fastest on 1.0_224: 11.7 ms; next is tfjs-node with 19.7 ms",
    where: "AMD EPYC with 2 cores on KVM · Debian GNU/Linux 12 · 2026-11-22",
  });
});

it("names all that may be the fastest, and none where ranks leave no first", () => {
  const tie = ranked({ "ort-node": [1, 2], wasm: [1, 2], ts: [3, 3] });
  expect(headlineOf(tie, latest).title).toMatch(
    /^ort-node and wasm cannot be told apart on 0\.5_160: from 1\.72 ms; next is ts with 19\.9 ms$/,
  );
  expect(headlineOf(ranked({ wasm: [2, 3] }), latest).title).toMatch(/^No backend can be told/);
});

it("puts no cells of different runs in an order, nor says that they cannot be told apart", async () => {
  const { machines: both } = await newestFigures([sweep, quick]);
  const [mixed] = both.map(latestOf);
  if (!mixed) throw new Error("There is no machine.");
  const { title } = headlineOf(mixed.cells, mixed);
  expect(title).toMatch(/ is fastest on 1\.0_224( in its run)?: /);
});

it("says so where nothing is shown", () => {
  expect(headlineOf([], latest).title).toBe("No figure is shown");
});
