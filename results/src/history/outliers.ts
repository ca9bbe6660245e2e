import { median, medianAbsoluteDeviation } from "simple-statistics";
import { MACHINE_CELLS, SEQUENTIAL_RULE } from "../statistics/index.ts";
import type { Series } from "./history.ts";
import { LEVEL_RUNS } from "./machine-steps.ts";

/** Of the standard deviation of a normal distribution, its median absolute deviation is. */
const MAD = 0.6745;
/** In spreads: the limit of the modified z-score by Iglewicz and Hoaglin, as for two stored runs. */
const OUTLYING = 3.5;
/** What the other cells say of the spread counts as much as so many differences of the cell's own. */
const OTHERS_FREEDOM = 5;
/** Standard deviation from run to run where nothing tells it yet: the most that quiet machines showed, as ln ratio. */
const FIRST_SPREAD = 0.03;

/** A series whose newest figure stands out. */
export interface Outlier {
  readonly series: Series;
  /** Of the level before. */
  readonly levelMs: number;
  /** ln of the newest figure over the level before. */
  readonly off: number;
  /** The largest |ln ratio| that is no news. */
  readonly limit: number;
}

/** What one series says of its newest figure. */
interface Look extends Omit<Outlier, "limit"> {
  /** How much wider the difference to the level before spreads than figures do: that level is an estimate, too. */
  readonly widening: number;
  /** Variance from run to run, from so many differences of successive figures. */
  readonly own: { readonly variance: number; readonly differences: number };
}

/**
 * Which newest figures stand out from the level of those before, by more than the margin of verdicts and by more than 3.5 spreads. The
 * spread is that of the series' own successive figures, of which one change spoils one term only, pooled with what the other cells are
 * off in the same run: so a second night can nominate, and a restless cell does not do so every night.
 * @param members of one line, whose newest figures are of one night
 */
export function outliers(members: readonly Series[]): Outlier[] {
  const looks = members.flatMap((series) => lookAt(series) ?? []);
  const offs = looks.map(({ off, widening }) => off / widening);
  const others = offs.length < MACHINE_CELLS ? FIRST_SPREAD ** 2 : (medianAbsoluteDeviation(offs) / MAD) ** 2;
  return looks.flatMap(({ series, levelMs, off, widening, own: { variance, differences } }) => {
    const pooled = (OTHERS_FREEDOM * others + differences * variance) / (OTHERS_FREEDOM + differences);
    const limit = Math.max(SEQUENTIAL_RULE.margin, OUTLYING * Math.sqrt(pooled) * widening);
    return Math.abs(off) > limit ? [{ series, levelMs, off, limit }] : [];
  });
}

function lookAt(series: Series): Look | undefined {
  const logs = series.points.slice(-LEVEL_RUNS - 1).map(({ ownMs }) => Math.log(ownMs));
  const newest = logs.pop();
  if (newest === undefined || logs.length === 0) return undefined;
  const level = median(logs);
  const steps = logs.slice(1).map((log, i) => Math.abs(log - (logs[i] ?? log)));
  return {
    series,
    levelMs: Math.exp(level),
    off: newest - level,
    // The variance of a median of many values is π/2 times that of their mean.
    widening: Math.sqrt(1 + Math.PI / 2 / logs.length),
    own: {
      variance: steps.length === 0 ? 0 : (median(steps) / MAD) ** 2 / 2,
      differences: steps.length,
    },
  };
}
