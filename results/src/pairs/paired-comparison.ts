import { z } from "zod";
import { howMany } from "../run-words/how-many.ts";
import type { Verdict } from "../statistics/index.ts";

/** What a comparison can come to; of these, `slower` alone is bad news. */
export const VERDICTS = ["faster", "slower", "same", "unknown"] as const satisfies readonly Verdict[];

const ratio = z.number().positive();

/** What a comparison of two cells by pairs came to: the candidate against the base. */
export const pairedComparisonSchema = z.object({
  verdict: z.enum(VERDICTS),
  ratio: ratio.describe(
    "how many times as long as the base the candidate takes: Hodges–Lehmann over the pairs",
  ),
  interval: z
    .tuple([ratio, ratio])
    .exactOptional()
    .describe("of the ratio, exact for any distribution of differences; absent before the first look"),
  level: z.number().describe("of the interval over all looks together: 0.99 for 99 %"),
  margin: z.number().describe("below which a difference, as ln ratio, is none: 0.015"),
  pairs: z.int().positive(),
  p: z.number().min(0).max(1).describe("of the signed-rank test of these pairs, which knows no other looks"),
  final: z.boolean().describe("false where pairs are still to come"),
  rounds: z.int().positive().describe("blocks of each side in a pair: fewer where an inference is long"),
  seconds: z.number().nonnegative().describe("what recording the pairs took"),
  unpinned: z.string().exactOptional().describe("why the two did not share one core all the time"),
});
/** See {@link pairedComparisonSchema}. */
export type PairedComparison = z.infer<typeof pairedComparisonSchema>;

/**
 * `slower by 3.1 % (2.5 … 8.0 %, 99 %, 12 pairs)`, `same within 1.5 % (−0.5 … +0.7 %)`,
 * `unknown after 60 pairs: −2.1 … +1.9 %`; with `, unpinned` where that is so.
 */
export function describeComparison(comparison: PairedComparison): string {
  const { verdict, ratio, interval, level, margin, pairs, unpinned } = comparison;
  const ending = unpinned === undefined ? "" : ", unpinned";
  if (!interval) return `unknown after ${howMany(pairs, "pair")}: too few for an interval${ending}`;
  const [low, high] = interval;
  const words = {
    slower: `slower by ${size(ratio)} % (${size(low)} … ${size(high)} %, ${percents(level)} %, ${howMany(pairs, "pair")})`,
    faster: `faster by ${size(ratio)} % (${size(high)} … ${size(low)} %, ${percents(level)} %, ${howMany(pairs, "pair")})`,
    same: `same within ${percents(margin)} % (${change(low)} … ${change(high)} %)`,
    unknown: `unknown after ${howMany(pairs, "pair")}: ${change(low)} … ${change(high)} %`,
  } satisfies Record<Verdict, string>;
  return words[verdict] + ending;
}

/** Of a change whose direction is told in words. */
function size(ratio: number): string {
  return Math.abs((ratio - 1) * 100).toFixed(1);
}

function percents(share: number): string {
  return String(Number((share * 100).toFixed(2)));
}

function change(ratio: number): string {
  const text = ((ratio - 1) * 100).toFixed(1);
  if (Number(text) === 0) return "0.0";
  return text.startsWith("-") ? `−${text.slice(1)}` : `+${text}`;
}
