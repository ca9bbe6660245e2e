import { jsonText } from "@mobilenet-bench/results/harmless";
import type { Change, HistoryRun, MachineLine, Nominee, Series } from "@mobilenet-bench/results";
import { legendOf } from "./history-columns.ts";
import type { HistoryReport } from "./history-report.ts";

/** All that the other forms say; runs stand there once, and points name them by id. */
export function renderHistoryJson(report: HistoryReport): string {
  const { machine, otherMachines, runs, lines, environment, nominees, vanished, simulated } = report;
  return jsonText({
    machine,
    otherMachines,
    ...(simulated.length > 0 && { simulated }),
    runs: runs.map(withoutCells),
    machines: lines.map(({ line }) => machineOf(line)),
    series: lines.flatMap(({ series }) => series.map(seriesOf)),
    environment: environment.map(({ run, ...change }) => ({ ...change, run: run.id })),
    nominees: nominees.map(nomineeOf),
    vanished: vanished.map(({ last, run, ...cell }) => ({
      ...cell,
      last: last.id,
      ...(run && { run: run.id }),
    })),
    legend: legendOf(report),
  });
}

function withoutCells(run: HistoryRun) {
  const { cells: _, ...rest } = run;
  return rest;
}

function machineOf({ points, changes, ...line }: MachineLine) {
  return {
    ...line,
    points: points.map(({ run, ratio, cells }) => ({ run: run.id, ratio, cells })),
    changes: changes.map((change) => changeOf(points, change)),
  };
}

function seriesOf({ points, changes, ...series }: Series) {
  return {
    ...series,
    points: points.map(({ run, ms, ownMs }) => ({ run: run.id, ms, ownMs })),
    changes: changes.map((change) => changeOf(points, change)),
  };
}

function changeOf(points: readonly { readonly run: HistoryRun }[], { at, ...change }: Change) {
  return { run: points[at]?.run.id, ...change };
}

function nomineeOf({ base, candidate, newest, ...nominee }: Nominee) {
  return { ...nominee, base: base.id, candidate: candidate.id, newest: newest.id };
}
