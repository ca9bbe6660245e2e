import { uniform } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { decide, judgeBy, pairDifference, SEQUENTIAL_RULE } from "../../src/index.ts";

const SLOWER = [0.031, 0.027, 0.034, 0.029, 0.12, 0.03, 0.025, 0.033, 0.028, 0.032, 0.022, 0.035];
const OPEN = [0.004, -0.003, 0.001, -0.002, 0.11, 0.002, -0.001, 0.003, -0.004, 0.0005, -0.0015, 0.0025];

describe("what one pair says", () => {
  const base = [
    [3, 2, 2.1, 2.2],
    [2.9, 2, 2, 2.2],
    [3, 2.2, 2, 2.1],
  ];
  const candidate = [
    [3, 2.1, 2.2, 2.3],
    [3, 2.1, 2.1, 2.1],
    [3, 2.2, 2.2, 2.2],
  ];

  it("is the median over rounds of the ratio of medians, without first inferences", () => {
    expect(pairDifference(base, candidate)).toBeCloseTo(0.04652, 6);
    expect(pairDifference(candidate, base)).toBeCloseTo(-0.04652, 6);
  });

  it("refuses rounds that are no pairs, blocks that hold nothing and clocks that stand still", () => {
    expect(() => pairDifference(base, candidate.slice(1))).toThrow("one of each per round");
    expect(() => pairDifference([], [])).toThrow("one of each per round");
    expect(() => pairDifference([[3]], [[3, 2]])).toThrow("two or more");
    expect(() => pairDifference([[3, 0]], [[3, 2]])).toThrow("finer clock");
  });
});

describe("a verdict", () => {
  it("is slower at the first look where the interval leaves 0 out", () => {
    const { verdict, ratio, interval, p, ...rest } = decide(SLOWER);
    expect(verdict).toBe("slower");
    expect(Math.log(ratio)).toBeCloseTo(0.0305, 9);
    expect(interval?.map(Math.log)).toEqual([expect.closeTo(0.0235, 9), expect.closeTo(0.0775, 9)]);
    expect(p).toBe(2 / 4096);
    expect(rest).toEqual({ level: 0.995, pairs: 12, final: true });
  });

  it("waits for the next look where the interval tells nothing", () => {
    const { verdict, ratio, interval, pairs, final } = decide(OPEN);
    expect(verdict).toBe("unknown");
    expect(Math.log(ratio)).toBeCloseTo(0.0005, 9);
    expect(interval?.map(Math.log)).toEqual([expect.closeTo(-0.0035, 9), expect.closeTo(0.057, 9)]);
    expect({ pairs, final }).toEqual({ pairs: 12, final: false });
  });

  it("has no interval before the first look", () => {
    const early = decide(SLOWER.slice(0, 3));
    expect(early).toMatchObject({ verdict: "unknown", pairs: 3, final: false });
    expect(early).not.toHaveProperty("interval");
  });

  it("stays as the first look that decides has it", () => {
    expect(decide([...SLOWER, ...SLOWER.map((d) => -d)])).toEqual(decide(SLOWER));
  });

  it("is unknown for good after the last look", () => {
    const noise = Array.from({ length: 60 }, (_, i) => (i % 2 ? 1 : -1) * (0.02 + i / 1000));
    expect(decide(noise)).toMatchObject({ verdict: "unknown", pairs: 60, final: true });
    expect(decide(noise.slice(0, 59))).toMatchObject({ verdict: "unknown", pairs: 40, final: false });
  });

  it("is same within the margin, though the interval leave 0 out", () => {
    const little = SLOWER.map((d) => d / 20);
    expect(decide(little).verdict).toBe("same");
    expect(decide(little, { ...SEQUENTIAL_RULE, margin: 0.001 }).verdict).toBe("slower");
  });

  it("turns with the roles", () => {
    expect(decide(SLOWER.map((d) => -d)).verdict).toBe("faster");
  });
});

it("alarms in at most one of 200 comparisons of the same with itself, where signs are drawn", () => {
  const comparisons = 4000;
  const judge = judgeBy(SEQUENTIAL_RULE);
  const next = uniform(12, "signs");
  const random = () => (next() + 1) / 2;
  // Magnitudes as on a rough machine: small ones, and every fifth beyond the margin by far.
  const difference = () => (random() < 0.5 ? 1 : -1) * (random() < 0.2 ? 0.1 : 0.02 * random());
  const alarms = Array.from({ length: comparisons }, () =>
    judge(Array.from({ length: 60 }, difference)),
  ).filter(({ verdict }) => verdict === "slower" || verdict === "faster");
  expect(alarms.length).toBeGreaterThan(0);
  expect(alarms.length / comparisons).toBeLessThan(SEQUENTIAL_RULE.alpha);
}, 30_000);
