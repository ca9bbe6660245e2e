import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divide, takeShard } from "../src/estimate/take-shard.ts";
import { makePlan } from "../src/plan/plan.ts";
import { SUITES } from "../src/plan/suites.ts";
import { callMnb } from "./support/call-mnb.ts";
import { KNOWN } from "./support/planned.ts";

const nightly = await makePlan({ suite: "nightly" }, KNOWN);
const models = new Set(nightly.cells.map(({ model }) => model));

describe("a suite in shards", () => {
  it("is whole: every cell in one shard, and all cells of a model together", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: models.size }), (of) => {
        const shards = Array.from({ length: of }, (_, i) => takeShard(nightly, { number: i + 1, of }));
        const ids = shards.flatMap(({ cells }) => cells.map(({ id }) => id));
        expect(ids.toSorted()).toEqual(nightly.cells.map(({ id }) => id).toSorted());
        const perShard = shards.map(({ cells }) => new Set(cells.map(({ model }) => model)));
        expect(perShard.reduce((sum, { size }) => sum + size, 0)).toBe(models.size);
      }),
      { numRuns: models.size },
    );
  });

  it("is divided likewise whatever the order of its cells", () => {
    const reversed = { ...nightly, cells: nightly.cells.toReversed() };
    expect(divide(reversed, 8).map((shard) => shard.toSorted())).toEqual(
      divide(nightly, 8).map((shard) => shard.toSorted()),
    );
  });

  it("keeps of what was asked for by name what the shard has, and what nobody has", async () => {
    const filters = { suite: "sweep", backend: ["ts", "wasm"], threads: ["1"] };
    const plan = await makePlan(filters, KNOWN);
    const asked = { ...plan, demands: [...plan.demands, { what: "nobody's", cells: [] }] };
    const shard = takeShard(asked, { number: 2, of: 4 });
    const ids = new Set(shard.cells.map(({ id }) => id));
    expect(shard.demands.map(({ what }) => what)).toEqual(asked.demands.map(({ what }) => what));
    expect(shard.demands.every(({ cells }) => cells.every((id) => ids.has(id)))).toBe(true);
    const first = plan.cells.find(({ id }) => !ids.has(id));
    const elsewhere = { ...plan, demands: [{ what: "elsewhere", cells: [first?.id ?? ""] }] };
    expect(takeShard(elsewhere, { number: 2, of: 4 }).demands).toEqual([]);
  });

  it("is refused where there are more shards than models, with how many there may be", () => {
    const number = models.size + 1;
    expect(() => takeShard(nightly, { number, of: number })).toThrow(
      `There is nothing for shard ${number}/${number}: the cells of a model stay together, and there are ${models.size} models. Use --shard K/${models.size} or fewer.`,
    );
  });

  it("has as many shards at the most as the suite says", () => {
    expect(SUITES.nightly.shards.most).toBeLessThanOrEqual(models.size);
  });
});

describe("mnb list --shard", () => {
  const list = (...words: string[]) => callMnb(["list", "--suite", "quick", ...words]);

  it("lists parts that make the whole", async () => {
    const whole = await list();
    const one = await list("--shard", "1/2");
    const other = await list("--shard", "2/2");
    const lines = [one, other].flatMap(({ stdout }) => stdout.split("\n"));
    expect(lines.toSorted()).toEqual(whole.stdout.split("\n").toSorted());
  });

  it.each(["3/2", "x", "0/1"])("refuses %s", async (shard) => {
    const { exitCode, stderr } = await list("--shard", shard);
    expect(stderr).toContain("Give the number of a shard and how many there are: 2/5.");
    expect(exitCode).toBe(2);
  });
});
