import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SiteCell } from "../src/data/site-cell.ts";
import { groupRows } from "../src/pages/sort-rows.ts";
import { SORT_KEYS } from "../src/state/site-state.ts";

const cell = fc
  .record({
    n: fc.nat(3),
    backend: fc.constantFrom("wasm", "ts", "ort-node"),
    ms: fc.option(fc.double({ min: 0.01, max: 1000, noNaN: true }), { nil: undefined }),
    ok: fc.boolean(),
  })
  .map(({ n, backend, ms, ok }): SiteCell => {
    const model = `mobilenet_v1_1.0_${128 + 32 * n}`;
    return {
      id: `${model}/${backend}/node`,
      model,
      backend,
      target: "node",
      options: {},
      machine: "m",
      run: "r",
      status: ok ? "ok" : "crash",
      multAdds: n + 1,
      params: 1,
      marks: [],
      software: false,
      dirty: false,
      ...(ok && ms !== undefined && { ms, gmacs: 1 / ms, rank: [n + 1, n + 2] as const }),
    };
  });

describe("rows", () => {
  it("keep every cell, with what has no figure last whichever way they are sorted", () => {
    fc.assert(
      fc.property(
        fc.array(cell),
        fc.constantFrom(...SORT_KEYS),
        fc.boolean(),
        fc.constantFrom("model" as const, "backend" as const, "none" as const),
        (cells, key, descending, group) => {
          const groups = groupRows(cells, group, { key, descending });
          expect(groups.flatMap((one) => one.cells).toSorted(byId)).toEqual(cells.toSorted(byId));
          for (const { cells: rows } of groups) {
            const failed = rows.map(({ status }) => status !== "ok");
            expect(failed).toEqual(failed.toSorted((a, b) => Number(a) - Number(b)));
          }
        },
      ),
    );
  });

  it("are turned round by sorting the other way", () => {
    const three = [3, 1, 2].map((ms) => ({
      ...fc.sample(cell, { numRuns: 1, seed: 1 })[0]!,
      status: "ok" as const,
      ms,
    }));
    const order = (descending: boolean) =>
      groupRows(three, "none", { key: "ms", descending }).flatMap(({ cells }) => cells.map(({ ms }) => ms));
    expect(order(false)).toEqual([1, 2, 3]);
    expect(order(true)).toEqual([3, 2, 1]);
  });

  it("stand under the model or the backend that they share", () => {
    fc.assert(
      fc.property(fc.array(cell), (cells) => {
        for (const { name, cells: rows } of groupRows(cells, "backend", { key: "rank", descending: false }))
          expect(rows.every(({ backend }) => backend === name)).toBe(true);
      }),
    );
  });
});

/** Equal cells may stand in any order. */
function byId(a: SiteCell, b: SiteCell): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
