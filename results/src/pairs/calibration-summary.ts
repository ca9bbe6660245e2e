import { medianSorted, quantileSorted } from "simple-statistics";
import { z } from "zod";
import { clopperPearson, judgeBy, SEQUENTIAL_RULE, type Judge } from "../statistics/index.ts";
import type { Random } from "../latency.ts";
import type { Calibration, CalibrationSeries } from "./calibration.ts";
import { differenceOf } from "./pair.ts";
import { VERDICTS } from "./paired-comparison.ts";

const share = z.number().min(0).max(1);

/** Of comparisons, how many came to a verdict. */
const rateSchema = z.object({
  count: z.int().nonnegative(),
  of: z.int().nonnegative(),
  bounds: z
    .tuple([share, share])
    .describe(
      "95 %, exact (Clopper–Pearson); of comparisons by re-split, which share their pairs, too narrow",
    ),
});
/** See {@link rateSchema}. */
export type Rate = z.infer<typeof rateSchema>;

const outcomesSchema = z.object({
  comparisons: z.int().nonnegative(),
  verdicts: z.record(z.enum(VERDICTS), z.int().nonnegative()),
  found: rateSchema.describe("of equal sides: false alarms, slower or faster; of slowed ones: slower"),
  pairs: z.object({ median: z.number(), p95: z.number() }).nullable().describe("that a verdict took"),
  seconds: z.object({ median: z.number(), p95: z.number() }).nullable().describe("that a verdict took"),
});
/** What comparisons of one series came to. */
export type Outcomes = z.infer<typeof outcomesSchema>;

/** What the pairs of one cell with one slow-down amount to. */
export const seriesSummarySchema = z.object({
  cell: z.string(),
  slowDown: z.number(),
  pairs: z.int().nonnegative(),
  secondsPerPair: z.number().nullable(),
  unpinned: z.int().nonnegative().describe("pairs whose sides did not share one core"),
  median: z.number().nullable().describe("of the differences, as a ratio"),
  beyond2: share.nullable().describe("pairs more than 2 % off the slow-down"),
  beyond10: share.nullable().describe("pairs more than 10 % off the slow-down: a rough stretch"),
  inTime: outcomesSchema.describe(
    "comparisons one after the other, in the order of time: no pair counts twice",
  ),
  bySplit: outcomesSchema.describe("comparisons of the same pairs in random orders"),
});
/** See {@link seriesSummarySchema}. */
export type SeriesSummary = z.infer<typeof seriesSummarySchema>;

interface Compared {
  readonly verdict: (typeof VERDICTS)[number];
  readonly pairs: number;
  readonly seconds: number;
}

/** A pair as the rule sees it. */
interface Point {
  readonly difference: number;
  readonly seconds: number;
}

/** By which comparisons are judged. */
interface Rule {
  /** The pairs that the last look takes. */
  readonly most: number;
  readonly judge: Judge;
}

/**
 * How often verdicts are right, from pairs whose truth is known. They are judged by the rule of every verdict, whichever it was when they
 * were recorded: what a pair says does not depend on it.
 * @param splits comparisons by re-split, of each series
 * @param randomOf of each series, by a name: the same numbers each time
 */
export function summarizeCalibration(
  { series }: Calibration,
  splits: number,
  randomOf: (name: string) => Random,
): SeriesSummary[] {
  const rule = { most: Math.max(...SEQUENTIAL_RULE.looks), judge: judgeBy(SEQUENTIAL_RULE) };
  return series.map((one) => summarizeSeries(one, rule, splits, randomOf(`${one.cell} ${one.slowDown}`)));
}

function summarizeSeries(
  { cell, slowDown, pairs }: CalibrationSeries,
  rule: Rule,
  splits: number,
  random: Random,
): SeriesSummary {
  const points = pairs.map((pair) => ({ difference: differenceOf(pair), seconds: pair.seconds }));
  const off = points.map(({ difference }) => Math.abs(difference - Math.log1p(slowDown)));
  const shareBeyond = (limit: number) =>
    points.length === 0 ? null : off.filter((value) => value > Math.log1p(limit)).length / points.length;
  return {
    cell,
    slowDown,
    pairs: pairs.length,
    secondsPerPair: medianOf(points.map(({ seconds }) => seconds)),
    unpinned: pairs.filter(({ unpinned }) => unpinned !== undefined).length,
    median: expOf(medianOf(points.map(({ difference }) => difference))),
    beyond2: shareBeyond(0.02),
    beyond10: shareBeyond(0.1),
    inTime: outcomesOf(compareInTime(points, rule), slowDown),
    bySplit: outcomesOf(compareBySplit(points, rule, splits, random), slowDown),
  };
}

/**
 * Each comparison begins where the one before ended. None begins where pairs could run out before it ends: of such, only
 * those that end early would count.
 */
function compareInTime(points: readonly Point[], rule: Rule): Compared[] {
  const all: Compared[] = [];
  for (let from = 0; points.length - from >= rule.most;) {
    const compared = compareOnce(points.slice(from, from + rule.most), rule);
    all.push(compared);
    from += compared.pairs;
  }
  return all;
}

function compareBySplit(points: readonly Point[], rule: Rule, splits: number, random: Random): Compared[] {
  if (points.length < rule.most) return [];
  return Array.from({ length: splits }, () => compareOnce(drawn(points, rule.most, random), rule));
}

/** @param points as many as the last look takes */
function compareOnce(points: readonly Point[], { judge }: Rule): Compared {
  const { verdict, pairs } = judge(points.map(differenceAt));
  return { verdict, pairs, seconds: sum(points.slice(0, pairs).map(({ seconds }) => seconds)) };
}

function differenceAt({ difference }: Point): number {
  return difference;
}

/** So many of them in random order, none twice (the first steps of a Fisher–Yates shuffle). */
function drawn(points: readonly Point[], count: number, random: Random): Point[] {
  const left = [...points];
  return Array.from({ length: count }, (_, i) => {
    const j = i + Math.floor(random() * (left.length - i));
    [left[i], left[j]] = [left[j]!, left[i]!];
    return left[i];
  });
}

function outcomesOf(all: readonly Compared[], slowDown: number): Outcomes {
  const count = (verdict: (typeof VERDICTS)[number]) => all.filter((one) => one.verdict === verdict).length;
  const verdicts = {
    faster: count("faster"),
    slower: count("slower"),
    same: count("same"),
    unknown: count("unknown"),
  };
  const found = verdicts.slower + (slowDown === 0 ? verdicts.faster : 0);
  return {
    comparisons: all.length,
    verdicts,
    found: {
      count: found,
      of: all.length,
      bounds: all.length === 0 ? [0, 1] : [...clopperPearson(found, all.length)],
    },
    pairs: spreadOf(all.map(({ pairs }) => pairs)),
    seconds: spreadOf(all.map(({ seconds }) => seconds)),
  };
}

function spreadOf(values: readonly number[]): { median: number; p95: number } | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return { median: medianSorted(sorted), p95: quantileSorted(sorted, 0.95) };
}

function medianOf(values: readonly number[]): number | null {
  return spreadOf(values)?.median ?? null;
}

function expOf(value: number | null): number | null {
  return value === null ? null : Math.exp(value);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
