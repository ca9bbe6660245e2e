import fc from "fast-check";
import { expect, it } from "vitest";
import {
  decide,
  hodgesLehmann,
  judgeBy,
  SEQUENTIAL_RULE,
  signedRankP,
  type SequentialRule,
  type Verdict,
} from "../../src/index.ts";

const UNIT = 0.0025;
/** Its margin is one of the values that Walsh averages of whole units can have. */
const RULE: SequentialRule = { ...SEQUENTIAL_RULE, margin: 6 * UNIT };

/** The definition: at each look the interval from all Walsh averages in order, then the verdict from its two ends. */
function plain(differences: readonly number[], { looks, alpha, margin }: SequentialRule) {
  const verdictOf = (interval: readonly [number, number] | undefined): Verdict => {
    if (!interval) return "unknown";
    const [low, high] = interval;
    if (low > -margin && high < margin) return "same";
    return low > 0 ? "slower" : high < 0 ? "faster" : "unknown";
  };
  const reached = looks
    .filter((pairs) => pairs <= differences.length)
    .map((pairs) => {
      const { interval } = hodgesLehmann(differences.slice(0, pairs), alpha / looks.length);
      return { pairs, verdict: verdictOf(interval) };
    });
  const decisive = reached.find(({ verdict }) => verdict !== "unknown");
  const final = decisive !== undefined || reached.length === looks.length;
  return { verdict: "unknown", pairs: 0, ...(decisive ?? reached.at(-1)), final };
}

const ties = fc.integer({ min: -12, max: 12 }).map((units) => units * UNIT);
const any = fc.double({ min: -0.1, max: 0.1, noNaN: true });
const centre = fc.constantFrom(0, 0, 0.01, 0.015, -0.015, 0.03, -0.05);
const many = fc
  .tuple(fc.array(fc.oneof(ties, any), { minLength: 1, maxLength: 65, size: "max" }), centre, fc.nat(20))
  .map(([values, shift, narrow]) => values.map((value) => value / (1 + narrow) + shift));
const onlyTies = fc.array(ties, { minLength: 1, maxLength: 65, size: "max" });

it("judges as the definition does, ties and averages on a limit included", () => {
  const judge = judgeBy(RULE);
  const seen = new Set<Verdict>();
  fc.assert(
    fc.property(fc.oneof(many, onlyTies), (differences) => {
      const judgement = judge(differences);
      seen.add(judgement.verdict);
      expect(judgement).toEqual(plain(differences, RULE));
    }),
    { numRuns: 1000 },
  );
  expect([...seen].toSorted()).toEqual(["faster", "same", "slower", "unknown"]);
});

it("is what decisions come from, whose figures are those of the look", () => {
  fc.assert(
    fc.property(many, (differences) => {
      const { verdict, pairs, final } = plain(differences, RULE);
      const rested = differences.slice(0, pairs === 0 ? undefined : pairs);
      const { estimate, interval } = hodgesLehmann(rested, RULE.alpha / RULE.looks.length);
      expect(decide(differences, RULE)).toEqual({
        verdict,
        ratio: Math.exp(estimate),
        ...(pairs > 0 && interval && { interval: interval.map(Math.exp) }),
        level: 1 - RULE.alpha,
        pairs: rested.length,
        p: signedRankP(rested),
        final,
      });
    }),
  );
});

it("leaves a limit that an end of the interval lies on to the other side, as the definition does", () => {
  const judge = judgeBy(RULE);
  const all = (value: number) => Array.from({ length: 12 }, () => value);
  expect(judge(all(0)).verdict).toBe("same");
  expect(judge(all(RULE.margin))).toEqual({ verdict: "slower", pairs: 12, final: true });
  expect(judge(all(-RULE.margin))).toEqual({ verdict: "faster", pairs: 12, final: true });
  const noMargin = judgeBy({ ...RULE, margin: 0 });
  expect(noMargin(all(0))).toEqual({ verdict: "unknown", pairs: 12, final: false });
});

it("says nothing before the first look, nor at one with too few pairs for its level", () => {
  expect(judgeBy(RULE)([])).toEqual({ verdict: "unknown", pairs: 0, final: false });
  expect(judgeBy(RULE)([1, 1, 1])).toEqual({ verdict: "unknown", pairs: 0, final: false });
  expect(judgeBy({ ...RULE, looks: [4] })([1, 1, 1, 1])).toEqual({
    verdict: "unknown",
    pairs: 4,
    final: true,
  });
});

it("refuses a difference that is none, where a look takes it, and a level that is none", () => {
  const judge = judgeBy(RULE);
  expect(() => judge([NaN, ...Array.from({ length: 11 }, () => 1)])).toThrow("no finite number");
  expect(() => judge([Infinity, ...Array.from({ length: 11 }, () => 1)])).toThrow("no finite number");
  expect(() => judgeBy({ ...RULE, alpha: 4 })).toThrow("alpha");
});
