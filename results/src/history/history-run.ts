import { fnv1a } from "@mobilenet-bench/spec";
import { clockedFigures } from "../clocked.ts";
import { onDevice } from "../on-device.ts";
import type { Clocked } from "../other-runs.ts";
import type { OkCell, Run } from "../schema.ts";
import { onSoftwareAdapter } from "../software-adapter.ts";
import { cellFacts, runFacts } from "./facts.ts";
import type { HistoryCell, HistoryFigure, HistoryRun } from "./history.ts";

/** Of a run what its history needs: figures at reference clock where it has them, and what could explain a change. */
export function historyRun(run: Run): HistoryRun {
  const { id, startedAt, suite, complete, environment } = run;
  const clocked = clockedFigures(run);
  return {
    id,
    startedAt,
    machine: environment.machine,
    suite,
    commit: environment.commit,
    dirty: environment.dirty ?? false,
    complete,
    ...(run.simulated !== undefined && { simulated: run.simulated }),
    kind: kindOf(run),
    facts: runFacts(run),
    cells: run.cells.map((cell): HistoryCell => {
      const facts = cellFacts(cell);
      if (cell.status !== "ok") return { id: cell.id, status: cell.status, reason: cell.reason, facts };
      const figure = figureOf(cell, clocked.get(cell.id));
      return { id: cell.id, status: cell.status, ...(figure && { figure }), facts };
    }),
  };
}

/** What decides how figures come to be, and what is computed on. */
function kindOf({ protocol, weights, picture }: Run): string {
  const text = JSON.stringify([protocol, weights?.sha256 ?? null, picture?.sha256 ?? null]);
  return (fnv1a(text) >>> 0).toString(16).padStart(8, "0");
}

/** None where it was too short for the clock. */
function figureOf(cell: OkCell, clocked: Clocked | undefined): HistoryFigure | undefined {
  const ms = Number((clocked?.ms ?? cell.latency.median).toPrecision(6));
  if (!(ms > 0)) return undefined;
  const basis = clocked ? "clock" : onDevice(cell.actual) ? "device" : "median";
  return { ms, basis, software: onSoftwareAdapter(cell) };
}
