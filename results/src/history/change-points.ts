import { uniform } from "@mobilenet-bench/spec";
import { bestSplit } from "./best-split.ts";

/** How change points are looked for. */
export const CHANGE_RULE = {
  /** So many points are looked at together; the next window begins half of it later, or at the last change point. */
  window: 50,
  /** Points on either side: two alone are no level. */
  least: 3,
  /** The largest p of a change point. */
  alpha: 0.001,
  /** The most random orders that one is compared with. */
  permutations: 999,
  /** No more are needed as soon as so many of them show as clear a change. */
  enough: 5,
  /** After so many orders it is looked whether more can still make a difference. */
  screened: 99,
} as const;

/** A change point, before it is known how large it is. */
export interface FoundChange {
  /** Index of the first point of the new level. */
  readonly at: number;
  readonly p: number;
}

/** What was found in a series, and from where to go on when there are more points. */
export interface Scan {
  /** How many points were looked at. */
  readonly points: number;
  /** In the order of time. */
  readonly found: readonly FoundChange[];
  /** What more points at the end change nothing of, and where the first window begins that has not all its points yet. */
  readonly settled: { readonly found: readonly FoundChange[]; readonly start: number };
}

const NOTHING: Scan = { points: 0, found: [], settled: { found: [], start: 0 } };

/**
 * The change points of a series: E-divisive means in windows that overlap, each split tested by permutations.
 * Source: M. Fleming, P. Kolaczkowski, I. Kumar, S. Das, S. McCarthy, P. Pattabhiraman, H. Ingo, "Hunter: using change point detection
 * to hunt for performance regressions", ICPE 2023, for the windows; Matteson and James for the rest (see `bestSplit`).
 * @param values such as logarithms of latencies, the oldest first
 * @param name of the series: the same series has the same random orders
 * @param known from as many or fewer points of the same series: what follows is as if all was looked through again
 */
export function scanChanges(values: readonly number[], name: string, known: Scan = NOTHING): Scan {
  if (known.points === values.length) return known;
  const { window } = CHANGE_RULE;
  let { settled } = known;
  let { start } = settled;
  const found = [...settled.found];
  while (start < values.length) {
    const points = Float64Array.from(values.slice(start, start + window));
    const begin = start;
    const fresh = changesIn(points, `${name} ${begin}`).map(({ at, p }) => ({ at: at + begin, p }));
    found.push(...fresh);
    start = Math.max(begin + window / 2, ...fresh.map(({ at }) => at));
    if (points.length === window) settled = { found: [...found], start };
  }
  const once = new Map(found.map((change) => [change.at, change]));
  return { points: values.length, found: [...once.values()].toSorted((a, b) => a.at - b.at), settled };
}

/** By splitting, and splitting the parts, for as long as that is clear. */
function changesIn(points: Float64Array, name: string): FoundChange[] {
  const { alpha, least } = CHANGE_RULE;
  const split = bestSplit(points, least);
  if (!split) return [];
  const { at, statistic } = split;
  const p = permutationP(points, statistic, `${name} ${points.length}`);
  if (p > alpha) return [];
  const after = changesIn(points.subarray(at), `${name}+${at}`);
  return [
    ...changesIn(points.subarray(0, at), name),
    { at, p },
    ...after.map((change) => ({ ...change, at: change.at + at })),
  ];
}

/**
 * How often points in a random order fall into two parts at least as clearly. Most windows have no change, and few orders tell that; of
 * others the change is beyond anything that random orders come near, and few tell that, too.
 * Source: J. Besag, P. Clifford, "Sequential Monte Carlo p-values", Biometrika 78 (1991), 301–304.
 */
function permutationP(points: Float64Array, statistic: number, name: string): number {
  const { permutations, enough, least, screened } = CHANGE_RULE;
  const next = uniform(1, name);
  const order = Float64Array.from(points);
  const shown: number[] = [];
  let asClear = 0;
  for (let done = 1; done <= permutations; done++) {
    shuffle(order, next);
    const random = bestSplit(order, least)?.statistic ?? 0;
    if (random >= statistic) asClear++;
    if (asClear === enough) return enough / done;
    if (done > screened) continue;
    shown.push(random);
    if (done === screened && asClear === 0 && isFarBeyond(statistic, shown)) break;
  }
  return (asClear + 1) / (permutations + 1);
}

/** Of what random orders show, so large a share is taken for the tail. */
const TAIL = 0.2;
/** So much less likely than the limit a statistic must be by its tail to need no more orders: that is but fitted. */
const FAR = 0.01;

/**
 * Whether the tail of what random orders show, taken as exponential, leaves no doubt.
 * Source: T. A. Knijnenburg, L. F. A. Wessels, M. J. T. Reinders, I. Shmulevich, "Fewer permutations, more accurate P-values",
 * Bioinformatics 25 (2009), i161–i168, with a shape of 0.
 */
function isFarBeyond(statistic: number, shown: readonly number[]): boolean {
  const sorted = shown.toSorted((a, b) => b - a);
  const tail = sorted.slice(0, Math.floor(TAIL * sorted.length));
  const begin = tail.at(-1) ?? Infinity;
  const excess = tail.reduce((sum, one) => sum + one - begin, 0) / tail.length;
  return TAIL * Math.exp((begin - statistic) / excess) < FAR * CHANGE_RULE.alpha;
}

/** In place (Fisher–Yates). */
function shuffle(values: Float64Array, next: () => number): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(((next() + 1) / 2) * (i + 1));
    const value = values[i]!;
    values[i] = values[j]!;
    values[j] = value;
  }
}
