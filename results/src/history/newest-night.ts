import type { HistoryRun } from "./history.ts";

/** All shards of one night begin within it. */
const NIGHT_MS = 20 * 3_600_000;

/** The newest of these runs, and those that were begun less than 20 hours before it. */
export function newestNight(runs: readonly HistoryRun[]): HistoryRun[] {
  const newest = Math.max(...runs.map(momentOf));
  return runs.filter((run) => momentOf(run) > newest - NIGHT_MS);
}

/** When it was begun, in milliseconds. */
export function momentOf({ startedAt }: HistoryRun): number {
  return Date.parse(startedAt);
}
