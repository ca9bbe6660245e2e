import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { machineChange, MACHINE_CELLS, ratioOfGeometricMeans } from "../../src/index.ts";

describe("the ratio of two groups", () => {
  // R, example of t.test (Student's sleep data): mean difference −1.58, 95 % from −3.3654832 to 0.2054832.
  it("has the interval of R's t.test, on logarithms", () => {
    const one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const { value, interval } = ratioOfGeometricMeans(other.map(Math.exp), one.map(Math.exp));
    expect(Math.log(value)).toBeCloseTo(-1.58, 9);
    expect(interval?.map(Math.log)).toEqual([expect.closeTo(-3.3654832, 6), expect.closeTo(0.2054832, 6)]);
  });

  it("has none of one value, and refuses no values", () => {
    expect(ratioOfGeometricMeans([2], [3, 3])).toEqual({ value: expect.closeTo(1.5, 12) });
    expect(ratioOfGeometricMeans([2, 2], [4, 4]).interval).toEqual([2, 2]);
    expect(() => ratioOfGeometricMeans([], [1])).toThrow("No value");
    expect(() => ratioOfGeometricMeans([1], [0])).toThrow("logarithm");
  });
});

describe("what a machine did to all cells", () => {
  const changes = [0.02, 0.021, 0.019, 0.022, 0.018, 0.02];

  it("is what most of them share, and leaves what is a cell's own", () => {
    const { shared, own, outliers } = machineChange([...changes, 0.08]) ?? {
      shared: 0,
      own: [],
      outliers: [],
    };
    expect(shared).toBe(0.02);
    expect(own.at(-1)).toBeCloseTo(0.06, 12);
    expect(outliers).toEqual([...changes.map(() => false), true]);
  });

  it("takes no difference below the margin for one, however much it stands out", () => {
    expect(machineChange([...changes, 0.033])?.outliers.at(-1)).toBe(false);
    expect(machineChange([...changes, 0.04])?.outliers.at(-1)).toBe(true);
  });

  it("is not told of few cells", () => {
    expect(machineChange(changes.slice(0, MACHINE_CELLS - 1))).toBeUndefined();
    expect(machineChange(changes.slice(0, MACHINE_CELLS))).toBeDefined();
  });

  it("takes any change that all share out", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.3, max: 0.3, noNaN: true }), { minLength: 5, maxLength: 20 }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (some, drift) => {
          const still = machineChange(some);
          const drifted = machineChange(some.map((change) => change + drift));
          for (const [i, change] of (still?.own ?? []).entries())
            expect(drifted?.own[i]).toBeCloseTo(change, 9);
        },
      ),
    );
  });
});
