import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BLOCK_RULES,
  leftOutOf,
  occupancyOf,
  whyLeftOut,
  type BlockConditions,
} from "@mobilenet-bench/results";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const occupancy = fc.constantFrom("some", "all", "more" as const);
const limits = fc.record({ maxSteal: share, maxThrottled: share, maxCpuPressure: share });
const block: fc.Arbitrary<BlockConditions> = fc.record(
  {
    steal: fc.option(share),
    occupancy,
    cpuPressure: share,
    throttled: share,
    hidden: fc.boolean(),
    thermalThrottles: fc.nat(),
    frequencyMHz: share,
  },
  { requiredKeys: ["steal", "occupancy"] },
);

describe("the rules by which blocks are left out", () => {
  it("leave out what is above a limit, by exactly the rules that it breaks", () => {
    fc.assert(
      fc.property(block, limits, (one, protocol) => {
        const broken = BLOCK_RULES.filter((rule) => {
          const [most, told] = [rule.limit(protocol, one.occupancy), rule.share(one)];
          return most !== undefined && told !== undefined && told > most;
        });
        const why = whyLeftOut(one, protocol);
        expect(why === undefined).toBe(broken.length === 0);
        for (const rule of BLOCK_RULES)
          expect(
            why?.includes(rule.what === "hidden page" ? "page was hidden" : `${rule.what} above`) ?? false,
          ).toBe(broken.includes(rule));
      }),
    );
  });

  it("leave nothing out for what is not told", () => {
    fc.assert(
      fc.property(occupancy, limits, (load, protocol) => {
        expect(whyLeftOut({ steal: null, occupancy: load }, protocol)).toBeUndefined();
      }),
    );
  });

  it("leave out no more where a limit is raised", () => {
    fc.assert(
      fc.property(
        block,
        limits,
        fc.constantFrom("maxSteal", "maxThrottled", "maxCpuPressure"),
        (one, tight, name) => {
          const loose = { ...tight, [name]: 1 };
          if (whyLeftOut(one, tight) === undefined) expect(whyLeftOut(one, loose)).toBeUndefined();
        },
      ),
    );
  });

  it("punish no cell for what it does itself", () => {
    fc.assert(
      fc.property(share, share, limits, (cpuPressure, throttled, protocol) => {
        const waiting = { steal: 0, cpuPressure, throttled } as const;
        expect(whyLeftOut({ ...waiting, occupancy: "more" }, protocol)).toBeUndefined();
        const alone = whyLeftOut({ ...waiting, throttled: 0, occupancy: "some" }, protocol);
        const full = whyLeftOut({ ...waiting, throttled: 0, occupancy: "all" }, protocol);
        if (alone === undefined) expect(full).toBeUndefined();
      }),
    );
  });

  it("have no limit of their own: files from before them leave out for steal alone", () => {
    const disturbed = { steal: 0.01, cpuPressure: 1, throttled: 1, occupancy: "some" } as const;
    expect(whyLeftOut(disturbed, { maxSteal: 0.05 })).toBeUndefined();
    expect(whyLeftOut({ ...disturbed, steal: 0.06 }, { maxSteal: 0.05 })).toBe("steal above 5 %");
  });

  it("name all that a block breaks", () => {
    const protocol = { maxSteal: 0.05, maxThrottled: 0.125, maxCpuPressure: 0.25 };
    const bad = { steal: 1, cpuPressure: 1, throttled: 1, hidden: true, occupancy: "all" } as const;
    expect(whyLeftOut(bad, protocol)).toBe(
      "steal above 5 % and throttling by quota above 12.5 % and CPU pressure above 50 % and the page was hidden",
    );
  });
});

it("tells how many cores a cell takes by threads, and all where a processor is the GPU", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 64 }), (threads, cores) => {
      const expected = threads < cores ? "some" : threads === cores ? "all" : "more";
      expect(occupancyOf(threads, cores, false)).toBe(expected);
      expect(occupancyOf(threads, cores, true)).toBe("more");
    }),
  );
});

it("counts blocks by what left them out, each once, the most frequent first", () => {
  const rules = fc.array(fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }));
  fc.assert(
    fc.property(rules, (excluded) => {
      const blocks = excluded.map((rule) => (rule === undefined ? {} : { excluded: rule }));
      const counted = leftOutOf(blocks);
      for (const { rule, blocks: count } of counted)
        expect(count).toBe(excluded.filter((one) => one === rule).length);
      expect(counted.map(({ blocks: count }) => count).toSorted((a, b) => b - a)).toEqual(
        counted.map(({ blocks: count }) => count),
      );
      expect(counted.reduce((sum, { blocks: count }) => sum + count, 0)).toBe(
        excluded.filter((rule) => rule !== undefined).length,
      );
    }),
  );
});
