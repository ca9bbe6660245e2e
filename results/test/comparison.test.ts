import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  commonLayers,
  differencesInActual,
  layerChanges,
  outcomeOf,
  withQValues,
  type ComparedCell,
  type LayerPair,
} from "../src/index.ts";

describe("layers in common", () => {
  it("are added up until both sides have come to the same layer", () => {
    const names = commonLayers([
      ["a", "b+c", "d", "e"],
      ["a", "b", "c", "d+e"],
    ]).map(({ name }) => name);
    expect(names).toEqual(["a", "b+c", "d+e"]);
  });

  it("are none where one side has other layers, or the same in another order", () => {
    expect(commonLayers([["a", "b"], ["a"]])).toEqual([]);
    expect(
      commonLayers([
        ["a", "b"],
        ["b", "a"],
      ]),
    ).toEqual([]);
    expect(commonLayers([])).toEqual([]);
  });

  it("divide all layers, whatever each side runs as one", () => {
    const layers = Array.from({ length: 9 }, (_, i) => `l${i}`);
    /** The layers, joined where the bit is set. */
    const joined = (bits: readonly boolean[]) =>
      layers.reduce<string[]>((names, layer, i) => {
        if (i > 0 && bits[i]) names.push(`${names.pop()}+${layer}`);
        else names.push(layer);
        return names;
      }, []);
    const bits = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(bits, bits, (one, other) => {
        const common = commonLayers([joined(one), joined(other)]);
        expect(common.flatMap((group) => group.layers)).toEqual(layers);
        // No end within what either runs as one.
        expect(common).toHaveLength(joined(one.map((bit, i) => bit || other[i]!)).length);
      }),
    );
  });
});

/** Pairs in which each side's layers take these times, up to some noise by pair. */
function layerPairs(
  count: number,
  base: Readonly<Record<string, number>>,
  candidate: Readonly<Record<string, number>>,
): LayerPair[] {
  return Array.from({ length: count }, (_, pair) => {
    const noisy = (times: Readonly<Record<string, number>>, shift: number): LayerPair["base"] =>
      Object.entries(times).map(([name, ms]) => {
        const noise = 1 + 0.01 * Math.sin(pair * 7 + ms + shift);
        return [name, [ms * noise, ms * noise * 1.001, ms * noise * 0.999]];
      });
    return { pair, base: noisy(base, 0), candidate: noisy(candidate, 3) };
  });
}

const RULE = { alpha: 0.01, margin: 0.015 };

describe("changes of layers", () => {
  const kernels = { base: { a: "k1", b: "k2" }, candidate: { a: "k1", b: "k3" } };

  it("name the layer that changed, by how much, and its kernel; no other", () => {
    const changes = layerChanges(layerPairs(16, { a: 1, b: 2, c: 3 }, { a: 1, b: 4, c: 3 }), RULE, kernels);
    expect(changes.map(({ name, change }) => [name, change])).toEqual([
      ["a", "none"],
      ["b", "slower"],
      ["c", "none"],
    ]);
    const b = changes[1]!;
    expect(b.interval![0]).toBeLessThan(2);
    expect(b.interval![1]).toBeGreaterThan(2);
    expect(b).toMatchObject({ kernel: { base: "k2", candidate: "k3" } });
    expect(b.candidateMs / b.baseMs).toBeCloseTo(2, 1);
    expect(changes[2]).not.toHaveProperty("kernel");
  });

  it("add up layers that one of the sides, or of the pairs, runs as one", () => {
    const mixed = [
      ...layerPairs(15, { a: 1, "b+c": 2 }, { a: 1, b: 0.5, c: 0.5 }),
      ...layerPairs(1, { "a+b": 2, c: 1 }, { a: 1, b: 0.5, c: 0.5 }).map((one) => ({ ...one, pair: 15 })),
    ];
    expect(layerChanges(mixed, RULE, kernels)).toMatchObject([{ name: "a+b+c" }]);
    expect(layerChanges(mixed.slice(0, 15), RULE, kernels)).toMatchObject([
      { name: "a", change: "none" },
      { name: "b+c", change: "faster" },
    ]);
  });

  it("leave out what is below the margin, however sure", () => {
    const quiet = layerPairs(16, { a: 1 }, { a: 1 }).map(({ pair, base }) => {
      const slower: LayerPair["base"] = base.map(([name, ms]) => [
        name,
        ms.map((one) => one * (1.005 + pair / 1e5)),
      ]);
      return { pair, base, candidate: slower };
    });
    expect(layerChanges(quiet, RULE, kernels)).toMatchObject([{ change: "none" }]);
    expect(layerChanges(quiet, { ...RULE, margin: 0.001 }, kernels)).toMatchObject([{ change: "slower" }]);
  });

  it("say nothing of few pairs, nor of layers that the clock cannot see", () => {
    const few = layerChanges(layerPairs(3, { a: 1 }, { a: 2 }), RULE, kernels);
    expect(few).toMatchObject([{ change: "none" }]);
    expect(few[0]).not.toHaveProperty("interval");
    const [unseen] = layerChanges(layerPairs(16, { a: 0 }, { a: 0 }), RULE, kernels);
    expect(unseen).toMatchObject({ change: "none", baseMs: 0 });
  });
});

it("tells in which details two sides differ, however deep", () => {
  const base = { simd: "wide", threads: 1, kernels: { a: "k1", b: "k2" }, list: [1, 2] };
  const candidate = { threads: 1, kernels: { a: "k1", b: "k3" }, list: [1, 2], added: true };
  expect(differencesInActual(base, candidate)).toEqual([
    { detail: "added", base: null, candidate: true },
    { detail: "kernels.b", base: "k2", candidate: "k3" },
    { detail: "simd", base: "wide", candidate: null },
  ]);
});

describe("the outcome of a cell", () => {
  const job = (verdict: "slower" | "faster" | "same" | "unknown") => ({ verdict });

  it("is a change only where a second job says the same", () => {
    expect(outcomeOf(job("slower"), job("slower"))).toBe("slower");
    expect(outcomeOf(job("faster"), job("faster"))).toBe("faster");
    for (const other of ["faster", "same", "unknown"] as const)
      expect(outcomeOf(job("slower"), job(other))).toBe("unconfirmed");
    expect(outcomeOf(job("slower"), undefined)).toBeUndefined();
  });

  it("needs no second job where the first says no change", () => {
    expect(outcomeOf(job("same"), undefined)).toBe("same");
    expect(outcomeOf(job("unknown"), undefined)).toBe("unknown");
  });

  it("has q-values that count all cells", () => {
    const cell = (p: number) =>
      ({ id: "", status: "compared", outcome: "same", first: { p } }) as ComparedCell;
    expect(withQValues([0.001, 0.5, 0.02].map(cell)).map(({ q }) => q)).toEqual([
      expect.closeTo(0.003),
      0.5,
      expect.closeTo(0.03),
    ]);
  });
});
