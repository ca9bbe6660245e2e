import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createModel } from "@mobilenet-bench/spec";
import { affordable, choose } from "../src/choose.ts";
import { TILE_SETS } from "../src/kernels/table.ts";
import { planGroups, type Group } from "../src/plan.ts";

const groupsOf = (set: keyof typeof TILE_SETS, config = {}) =>
  planGroups(createModel({ alpha: 1, resolution: 224, ...config }), TILE_SETS[set], "f32");
const dispatches = (candidates: readonly (readonly unknown[])[]) => candidates.flat().length;

describe.each(["hardware", "software", "quads"] as const)("%s", (set) => {
  it("computes every layer once, in order, whatever was measured", () => {
    const groups = affordable(groupsOf(set));
    const layers = groups.flatMap((group) => group.layers).map(({ name }) => name);
    const times = fc.tuple(
      ...groups.map(({ candidates: { length } }) =>
        fc.option(fc.array(fc.double({ min: 0.001, max: 10 }), { minLength: length, maxLength: length }), {
          nil: undefined,
        }),
      ),
    );
    fc.assert(
      fc.property(times, (times) => {
        const chosen = choose(groups, times);
        expect(chosen.flat().flatMap((dispatch) => dispatch.layers.map(({ name }) => name))).toEqual(layers);
        expect(dispatches(chosen)).toBeLessThanOrEqual(16);
      }),
    );
  });
});

it("takes the first guess where nothing was measured", () => {
  const groups = groupsOf("hardware");
  const chosen = choose(
    groups,
    groups.map(() => undefined),
  );
  expect(chosen).toEqual(groups.map(({ candidates }) => candidates[0]));
  expect(dispatches(chosen)).toBe(15);
});

it("takes two dispatches where that was measured to gain most, as far as the limit allows", () => {
  const groups = groupsOf("hardware");
  // Every pair is faster unfused, the third one by far.
  const times = groups.map(({ candidates }, i) =>
    candidates.map(({ length }) => (length === 2 ? 1 : i === 3 ? 100 : 2)),
  );
  const chosen = choose(groups, times);
  expect(dispatches(chosen)).toBe(16);
  expect(chosen[3]).toHaveLength(2);
  expect(dispatches(choose(groups, times, 18))).toBe(18);
  expect(dispatches(choose(groups, times, 99))).toBe(29);
});

it("leaves out what the limit has no room for, and nothing else", () => {
  const groups = groupsOf("software");
  expect(
    affordable(groups).every(({ candidates }) => new Set(candidates.map(({ length }) => length)).size === 1),
  ).toBe(true);
  const hardware = groupsOf("hardware");
  expect(affordable(hardware)).toBe(hardware);
});

it("full convolutions take a dispatch each", () => {
  const groups: readonly Group[] = groupsOf("software", { conv: true });
  expect(dispatches(choose(affordable(groups), []))).toBe(16);
});
