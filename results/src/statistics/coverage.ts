import { median } from "simple-statistics";
import type { Estimate } from "./geometric-mean.ts";

/** Of so many, how many were so. */
export interface Tally {
  readonly count: number;
  readonly of: number;
}

/** What the intervals of repeated measurements of one thing contain. */
export interface Coverage {
  /** Ordered pairs of measurements: the interval of one contains the figure of the other. */
  readonly others: Tally;
  /** Measurements whose interval contains the median of the others' figures. */
  readonly centre: Tally;
  /** Pairs of measurements whose intervals do not touch. */
  readonly apart: Tally;
  /** Half the width of each interval, as a share of its figure. */
  readonly halfWidths: readonly number[];
}

/**
 * What they would be for 95 % intervals of normal figures whose spread is known: of another figure, the difference of two
 * has √2 times the spread of one, so 2Φ(1.96/√2) − 1; intervals do not touch where it is above twice 1.96.
 */
export const RIGHT_COVERAGE = { others: 0.834, centre: 0.95, apart: 0.0056 } as const;

/**
 * Counts what intervals contain of the other measurements.
 * @param figures one for each measurement; those without an interval are figures that others may contain
 * @throws RangeError below three measurements, of which none has others with a median
 */
export function coverageOf(figures: readonly Estimate[]): Coverage {
  if (figures.length < 3)
    throw new RangeError(`[results] ${figures.length} measurements have no coverage. Give three at least.`);
  let [others, centres, apart, pairs] = [0, 0, 0, 0];
  const intervals = figures.flatMap(({ value, interval }, i) => (interval ? { value, interval, i } : []));
  for (const { interval, i } of intervals) {
    const rest = figures.flatMap(({ value }, j) => (j === i ? [] : value));
    others += rest.filter((value) => contains(interval, value)).length;
    centres += Number(contains(interval, median(rest)));
    for (const other of intervals)
      if (other.i > i) {
        pairs++;
        apart += Number(other.interval[0] > interval[1] || other.interval[1] < interval[0]);
      }
  }
  return {
    others: { count: others, of: intervals.length * (figures.length - 1) },
    centre: { count: centres, of: intervals.length },
    apart: { count: apart, of: pairs },
    halfWidths: intervals.map(({ value, interval: [low, high] }) => (high - low) / 2 / value),
  };
}

/** Of several things together. */
export function sumCoverage(all: readonly Coverage[]): Coverage {
  const sum = (tallies: readonly Tally[]): Tally => ({
    count: tallies.reduce((total, { count }) => total + count, 0),
    of: tallies.reduce((total, { of }) => total + of, 0),
  });
  return {
    others: sum(all.map(({ others }) => others)),
    centre: sum(all.map(({ centre }) => centre)),
    apart: sum(all.map(({ apart }) => apart)),
    halfWidths: all.flatMap(({ halfWidths }) => halfWidths),
  };
}

function contains([low, high]: readonly [number, number], value: number): boolean {
  return low <= value && value <= high;
}
