import { clopperPearson } from "../statistics/index.ts";
import type { Calibration, CalibrationSeries } from "./calibration.ts";
import { summarizeCalibration, type Rate } from "./calibration-summary.ts";

/** What all recordings say together of sides that were made slower by one share, or not at all. */
export interface ControlArm {
  readonly slowDown: number;
  readonly recordings: number;
  readonly pairs: number;
  /** Of comparisons in time: of equal sides false alarms, slower or faster; of slowed ones those found. */
  readonly found: Rate;
}

/**
 * How often verdicts were right in all recordings, such as the control arms of nights. Pairs of one cell on one machine by one protocol
 * are taken in the order of time, across recordings, since a night records fewer than the last look takes; what was recorded beside a load
 * is left out.
 */
export function controlArms(calibrations: readonly Calibration[]): ControlArm[] {
  const quiet = calibrations
    .filter(({ start }) => !start.besideLoad)
    .toSorted((a, b) => (a.start.startedAt < b.start.startedAt ? -1 : 1));
  const pooled = [...Map.groupBy(quiet, kindOf).values()].flatMap(pool);
  const summaries = pooled.flatMap((one) => summarizeCalibration(one, 0, () => () => 0));
  return [...Map.groupBy(summaries, ({ slowDown }) => slowDown)]
    .toSorted(([a], [b]) => a - b)
    .map(([slowDown, members]) => {
      const sum = (of: (member: (typeof members)[number]) => number) =>
        members.reduce((total, member) => total + of(member), 0);
      const [count, of] = [sum(({ inTime }) => inTime.found.count), sum(({ inTime }) => inTime.found.of)];
      return {
        slowDown,
        recordings: quiet.filter(({ start }) => start.slowDowns.includes(slowDown)).length,
        pairs: sum(({ pairs }) => pairs),
        found: { count, of, bounds: of === 0 ? [0, 1] : [...clopperPearson(count, of)] },
      };
    });
}

/** What may be laid end to end: by which rule pairs were judged when they were recorded changes nothing of them. */
function kindOf({ start: { environment, protocol } }: Calibration): string {
  const { looks: _looks, alpha: _alpha, margin: _margin, ...recorded } = protocol;
  return JSON.stringify([environment.machine, recorded]);
}

function pool(members: readonly Calibration[]): Calibration[] {
  const [first] = members;
  if (!first) return [];
  const series = Map.groupBy(
    members.flatMap((one) => one.series),
    ({ cell, slowDown }) => JSON.stringify([cell, slowDown]),
  );
  return [{ start: first.start, series: [...series.values()].flatMap(inARow) }];
}

function inARow(members: readonly CalibrationSeries[]): CalibrationSeries[] {
  const [first] = members;
  return first ? [{ ...first, pairs: members.flatMap(({ pairs }) => pairs) }] : [];
}
