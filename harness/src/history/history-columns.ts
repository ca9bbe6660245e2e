import { median } from "simple-statistics";
import {
  dayOf,
  historyInterval,
  parseCellId,
  percent,
  rowId,
  type Series,
  significant,
} from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import { ratioText } from "../report/ratio-text.ts";
import type { HistoryReport, ReportedChange } from "./history-report.ts";
import { causeText, causesText } from "./history-words.ts";
import { sparkline } from "./sparkline.ts";

/** A column of one of the tables. */
export interface HistoryColumn<Row> {
  /** Where columns are few, the line break stands; elsewhere it is a space. */
  readonly title: string;
  readonly align: "left" | "right";
  readonly value: (row: Row) => string;
}

/** So many of the newest points are drawn as bars. */
export const RECENT = 16;
/** The beginning and the end of a series are told by the median of so many points. */
const END_POINTS = 7;

/** A row for each series. */
export const SERIES_COLUMNS: readonly HistoryColumn<Series>[] = [
  { title: "backend", align: "left", value: rowName },
  { title: "runs", align: "right", value: ({ points }) => String(points.length) },
  { title: "newest\nms", align: "right", value: ({ points }) => significant(points.at(-1)?.ms ?? 0) },
  { title: "another\nrun ±", align: "right", value: halfWidth },
  { title: "×\nfirst", align: "right", value: sinceFirst },
  { title: `last ${RECENT},\nits own`, align: "left", value: bars },
];

/** A row for each change of level. */
export const CHANGE_COLUMNS: readonly HistoryColumn<ReportedChange>[] = [
  { title: "from", align: "left", value: ({ run }) => dayOf(run.startedAt) },
  {
    title: "cell",
    align: "left",
    value: ({ cell }) => (cell === undefined ? "the machine" : shortModelName(cell)),
  },
  { title: "×", align: "right", value: ({ change: { ratio } }) => ratioText(ratio) },
  { title: "what else changed", align: "left", value: ({ change: { causes } }) => causesText(causes) },
];

/** A row for each change of the environment. */
export const ENVIRONMENT_COLUMNS: readonly HistoryColumn<HistoryReport["environment"][number]>[] = [
  { title: "from", align: "left", value: ({ run }) => dayOf(run.startedAt) },
  { title: "changed", align: "left", value: causeText },
  { title: "cells", align: "right", value: ({ concerned }) => String(concerned) },
  { title: "new level", align: "right", value: ({ changed }) => String(changed) },
];

/** What titles mean, and nothing that does not stand there. */
export function legendOf({ changes, environment, nominees }: HistoryReport): string[] {
  return [
    "another run ±: within what another run here would be, from the last ones; – below four",
    `× first: the last ${END_POINTS} points over the first ${END_POINTS}, without the machine's share`,
    "its own: without what most cells changed by, which is the machine's",
    ...(changes.length > 0
      ? ["×: the new level over the old. It nominates: a verdict comes from pairs alone"]
      : []),
    ...(environment.length > 0 ? ["new level: cells that changed level with it, of those it concerns"] : []),
    ...(nominees.length > 0 ? ["stands out, changed level: to be compared in pairs, no verdict"] : []),
  ];
}

/** The model of a series, as headings have it. */
export function modelOf({ cell }: Series): string {
  return parseCellId(cell).model;
}

/** `BACKEND OPTIONS` as tables name it: the usual target is left out. */
function rowName({ cell }: Series): string {
  return rowId({ id: cell }).replace(/\/node(?=\?|$)/, "");
}

function halfWidth({ points }: Series): string {
  const { interval } = historyInterval(points.map(({ ms }) => ms));
  return interval ? percent(Math.sqrt(interval[1] / interval[0]) - 1, 1) : "–";
}

function sinceFirst({ points }: Series): string {
  const own = points.map(({ ownMs }) => ownMs);
  return ratioText(median(own.slice(-END_POINTS)) / median(own.slice(0, END_POINTS)));
}

function bars({ points }: Series): string {
  return sparkline(points.slice(-RECENT).map(({ ownMs }) => ownMs));
}
