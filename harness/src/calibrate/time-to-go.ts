import type { CalibrationLine } from "@mobilenet-bench/results";

/** Seconds of a pair before any was recorded: in Node, and in browsers, which start anew for each. */
const GUESSED_S = { node: 2.5, browser: 5 } as const;

/**
 * How long the pairs that are still to come will take: each cell's as long as those that were recorded of it.
 * @returns milliseconds
 */
export function timeToGo(
  {
    cells,
    pairs,
    slowDowns,
  }: { readonly cells: readonly string[]; readonly pairs: number; readonly slowDowns: readonly number[] },
  lines: readonly CalibrationLine[],
): number {
  const ofCell = Map.groupBy(lines, ({ cell }) => cell);
  return cells.reduce((sum, cell) => {
    const done = ofCell.get(cell) ?? [];
    const left = Math.max(0, pairs * slowDowns.length - done.length);
    return sum + left * secondsPerPair(cell, done) * 1000;
  }, 0);
}

function secondsPerPair(cell: string, done: readonly CalibrationLine[]): number {
  if (done.length === 0) return /\/node(\?|$)/.test(cell) ? GUESSED_S.node : GUESSED_S.browser;
  return done.reduce((sum, { record }) => sum + record.seconds, 0) / done.length;
}
