import { expect, it } from "vitest";
import { latestOf } from "../build/latest-of.ts";
import { newestFigures } from "../build/newest-figures.ts";
import { filterCells, valuesOf, variantOf, withFilter, withoutFilter } from "../src/state/filters.ts";
import { DEFAULT_STATE } from "../src/state/site-state.ts";
import { quick, sweep } from "./support/runs.ts";

const { machines } = await newestFigures([quick, sweep]);
const cells = machines.flatMap((machine) => latestOf(machine).cells);

it("shows all where nothing is set, software adapters among them", () => {
  const { shown, leftOut, all } = filterCells(cells, DEFAULT_STATE);
  expect(shown).toEqual(cells);
  expect(all).toBe(cells.length);
  expect(leftOut).toEqual([]);
  expect(shown.some(({ software }) => software)).toBe(true);
});

it("counts what each filter takes away, which its button gives back", () => {
  const chrome = withFilter(DEFAULT_STATE, "target", ["chrome"]);
  const state = withFilter(chrome, "adapter", ["!software"]);
  const { shown, leftOut } = filterCells(cells, state);
  expect(shown.length).toBeGreaterThan(0);
  expect(leftOut.map(({ filter }) => filter).toSorted()).toEqual(["adapter", "target"]);
  for (const { filter, cells: more } of leftOut)
    expect(filterCells(cells, withoutFilter(state, filter)).shown).toHaveLength(shown.length + more);
});

it("finds rows by their words", () => {
  const { shown } = filterCells(cells, { ...DEFAULT_STATE, search: "WASM 0.5_160 node" });
  expect(new Set(shown.map(({ model }) => model))).toEqual(new Set(["mobilenet_v1_0.5_160"]));
  expect(shown.every(({ backend, target }) => backend.includes("wasm") && target === "node")).toBe(true);
});

it("offers the values that cells have", () => {
  expect(valuesOf("target", cells)).toEqual(["chrome", "node"]);
  expect(valuesOf("threads", cells)).toEqual(["1"]);
  expect(valuesOf("adapter", cells)).toEqual(["hardware", "software"]);
});

it.each([
  ["mobilenet_v1_1.0_224", "separable"],
  ["mobilenet_v1_1.0_224_conv", "conv"],
  ["mobilenet_v1_1.0_224_shallow", "separable-shallow"],
  ["mobilenet_v1_1.0_224_conv_shallow", "conv-shallow"],
])("of %s the variant is %s", (model, variant) => {
  expect(variantOf(model)).toBe(variant);
});
