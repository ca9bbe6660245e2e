import { parseCellId, type Change, type Series } from "@mobilenet-bench/results";
import { csvRecords } from "@mobilenet-bench/results/harmless";
import type { HistoryReport } from "./history-report.ts";
import { causeText } from "./history-words.ts";

const TITLES = [
  "id",
  "model",
  "backend",
  "target",
  "machine",
  "kind",
  "basis",
  "run",
  "started_at",
  "suite",
  "commit",
  "dirty",
  "ms",
  "machine_ratio",
  "own_ms",
  "level_ratio",
  "level_p",
  "level_causes",
  "simulated",
] as const;

/** In full precision, a row for each point; where a new level begins, what it is to the old one. */
export function renderHistoryCsv({ lines }: HistoryReport): string {
  return csvRecords(
    TITLES,
    lines.flatMap(({ series }) => series.flatMap(recordsOf)),
  );
}

function recordsOf({ cell, machine, kind, basis, points, changes }: Series) {
  const { model, backend, target } = parseCellId(cell);
  const begins = new Map(changes.map((change) => [change.at, change]));
  return points.map(({ run, ms, ownMs }, i) => ({
    id: cell,
    model,
    backend,
    target,
    machine,
    kind,
    basis,
    run: run.id,
    started_at: run.startedAt,
    suite: run.suite,
    commit: run.commit,
    dirty: String(run.dirty),
    ms,
    machine_ratio: ms / ownMs,
    own_ms: ownMs,
    ...levelOf(begins.get(i)),
    simulated: run.simulated,
  }));
}

function levelOf(change: Change | undefined) {
  return {
    level_ratio: change?.ratio,
    level_p: change?.p,
    level_causes: change?.causes.map(causeText).join("; "),
  };
}
