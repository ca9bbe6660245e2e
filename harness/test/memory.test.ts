import { expect, it } from "vitest";
import type { Costs } from "@mobilenet-bench/runner";
import { isComputed, whyRemembered } from "../src/run/remembered.ts";

/** As long on the processor as by the clock, unless told otherwise. */
const costs = (ms: readonly number[], cpuMs: readonly (number | null)[] = ms): Costs["seen"] =>
  ms.map((time, i) => ({ ms: time, cpuMs: cpuMs[i] ?? null }));
const UNKNOWN = [null];

it.each<[string, Costs["seen"], Costs["seen"]]>([
  ["take as long", costs([2, 2.1, 2]), costs([2.1, 2, 2.2])],
  ["are disturbed, but not all", costs([2, 2, 2], UNKNOWN), costs([30, 2.4, 30], UNKNOWN)],
  ["are all disturbed, and compute no more", costs([2, 2, 2]), costs([30, 30, 30], [2, 2, 2])],
  ["are slower, and no more than a cold cache makes them", costs([2, 2, 2]), costs([4, 4, 4])],
  ["differ by no more than a coarse clock", costs([0, 0, 0], UNKNOWN), costs([0.1, 0.1, 0.2], UNKNOWN)],
])("believes in computing where other images %s", (_, seen, unseen) => {
  expect(whyRemembered({ seen, unseen })).toBeUndefined();
});

it.each([
  ["in Node", costs([0.001, 0.001, 9]), costs([0.4, 0.5, 0.4])],
  ["in a page", costs([0.001, 0.001, 9], UNKNOWN), costs([0.4, 0.5, 0.4], UNKNOWN)],
])("does not where each of them takes far longer, %s", (_, seen, unseen) => {
  expect(whyRemembered({ seen, unseen })).toMatch(
    /^Other images take 0\.400 ms at least, those like the timed ones 0\.00100 ms: .* likeness\.$/,
  );
});

it.each<[boolean, string, Costs["seen"], Costs["seen"]]>([
  [true, "as long", costs([2, 2.1]), costs([2.1, 2])],
  [true, "as long, one of them", costs([2, 2.1], UNKNOWN), costs([30, 3.9], UNKNOWN)],
  [false, "far longer", costs([0.001, 0.001]), costs([0.4, 0.5])],
  [false, "as long as one that was disturbed", costs([0.001, 9]), costs([0.4, 0.5])],
])("knows after two images that answers are computed: %s where they take %s", (known, _, seen, unseen) => {
  expect(isComputed({ seen, unseen })).toBe(known);
});
