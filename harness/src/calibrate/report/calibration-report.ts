import {
  machineTitle,
  percent,
  SEQUENTIAL_RULE,
  summarizeCalibration,
  type Calibration,
  type Rate,
  type SeriesSummary,
} from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import { randomOf } from "../../run/shuffled.ts";

/** Comparisons by re-split, of each series. */
const SPLITS = 4000;

/** What all forms of the report show. */
export interface CalibrationReport {
  readonly calibration: Calibration;
  readonly series: readonly SeriesSummary[];
  readonly splits: number;
}

/** The same report of the same pairs each time. */
export function reportOfCalibration(calibration: Calibration, splits = SPLITS): CalibrationReport {
  const { seed } = calibration.start;
  return {
    calibration,
    series: summarizeCalibration(calibration, splits, (name) => randomOf(seed, `splits of ${name}`)),
    splits,
  };
}

/** `A/A`, or `+3 %`. */
export function slowDownName(slowDown: number): string {
  return slowDown === 0 ? "A/A" : `+${Number((slowDown * 100).toFixed(2))} %`;
}

/** The cell with what was done to one of its sides. */
export function seriesName({ cell, slowDown }: Pick<SeriesSummary, "cell" | "slowDown">): string {
  return `${shortModelName(cell)} ${slowDownName(slowDown)}`;
}

/** `0 of 17 (0–20 %)`; of splits the share, since their number is chosen. */
export function countWords({ count, of, bounds }: Rate): string {
  return of === 0 ? "none yet" : `${count} of ${of} (${boundsWords(bounds)})`;
}

/** `99.2 %`, with as many decimals as so many comparisons can tell. */
export function shareWords({ count, of }: Rate): string {
  return of === 0 ? "none yet" : percent(count / of, 2);
}

/** `0–19.5 %` */
export function boundsWords([low, high]: Rate["bounds"]): string {
  const number = (share: number) => String(Number((share * 100).toFixed(1)));
  return `${number(low)}–${number(high)} %`;
}

/** When and on what, in one or two lines. */
export function headOf({ calibration: { start } }: CalibrationReport): string[] {
  const { runtime, commit } = start.environment;
  return [
    `Calibration ${start.id}`,
    machineTitle(start.environment),
    `Node ${runtime["node"] ?? "unknown"}, commit ${commit?.slice(0, 12) ?? "none"}${start.besideLoad ? ", BESIDE A BUSY PROCESS" : ""}`,
  ];
}

/** What the figures mean, in sentences of at most 78 columns. */
export function legendOf({ splits, series }: CalibrationReport): string[] {
  const { looks, margin, alpha } = SEQUENTIAL_RULE;
  return [
    `A/A: two equal sides; found are false alarms (${percent(alpha, 1)} at most by construction)`,
    "+3 %: one side made slower by that; found is slower",
    `in time: one comparison after the other (${looks.join(", ")} pairs), no pair in two`,
    "in brackets: 95 % bounds, exact (Clopper–Pearson)",
    `re-split: ${splits} comparisons of the same pairs, shuffled: of this recording alone`,
    `same: within ${Number((margin * 100).toFixed(2))} %, re-split`,
    "beyond: pairs more than 2 % or 10 % off what was done to them",
    "s: seconds that a verdict took, median and 95 % of them, re-split",
    ...(series.some(({ unpinned }) => unpinned > 0)
      ? ["u: unpinned: the sides of some pairs did not share one core"]
      : []),
  ];
}
