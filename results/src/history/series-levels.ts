import { median } from "simple-statistics";
import type { Series } from "./history.ts";

/** What stands for one run, or for some that follow on each other. */
export interface RunsPoint {
  /** Of the first run, in milliseconds since 1970. */
  readonly moment: number;
  /** The median over the runs, as measured and without the machine's share. */
  readonly ms: number;
  readonly ownMs: number;
  readonly runs: number;
}

/** In the order of time, a point for each run, or for each few where there are more than so many. */
export function thinnedPoints({ points }: Pick<Series, "points">, most: number): RunsPoint[] {
  const each = Math.max(1, Math.ceil(points.length / most));
  const groups = Array.from({ length: Math.ceil(points.length / each) }, (_, i) =>
    points.slice(i * each, (i + 1) * each),
  );
  return groups.flatMap((members) => {
    const [first] = members;
    if (!first) return [];
    return {
      moment: Date.parse(first.run.startedAt),
      ms: median(members.map(({ ms }) => ms)),
      ownMs: median(members.map(({ ownMs }) => ownMs)),
      runs: members.length,
    };
  });
}

/** A stretch of a series without a change. */
export interface Level {
  readonly from: number;
  readonly to: number;
  /** The median without the machine's share. */
  readonly ownMs: number;
}

/** In the order of time, moments in milliseconds since 1970. */
export function seriesLevels({ points, changes }: Pick<Series, "points" | "changes">): Level[] {
  const begins = [0, ...changes.map(({ at }) => at)];
  return begins.flatMap((begin, i) => {
    const members = points.slice(begin, begins[i + 1]);
    const [first, last] = [members.at(0), members.at(-1)];
    if (!first || !last) return [];
    return {
      from: Date.parse(first.run.startedAt),
      to: Date.parse(last.run.startedAt),
      ownMs: median(members.map(({ ownMs }) => ownMs)),
    };
  });
}
