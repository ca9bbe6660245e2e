import { figureRecord, leftOutOf, rowOf, type Cell } from "@mobilenet-bench/results";
import { csvRecords } from "@mobilenet-bench/results/harmless";
import type { Report } from "./report.ts";

const TITLES = [
  "id",
  "model",
  "backend",
  "target",
  "options",
  "status",
  "marks",
  "rank_best",
  "rank_worst",
  "ratio",
  "ratio_within_run_ci95_low",
  "ratio_within_run_ci95_high",
  "ratio_rounds",
  "ratio_base",
  "mult_adds",
  "params",
  "median_ms",
  "median_within_run_ci95_low_ms",
  "median_within_run_ci95_high_ms",
  "reference_clock_ms",
  "reference_clock_ci95_low_ms",
  "reference_clock_ci95_high_ms",
  "reference_clock_sets",
  "another_run_here_ci95_low_ms",
  "another_run_here_ci95_high_ms",
  "another_run_here_earlier_runs",
  "min_ms",
  "p90_ms",
  "blocks",
  "blocks_left_out",
  "left_out_by",
  "inferences",
  "gmacs",
  "fraction_of_peak",
  "peak_style",
  "import_ms",
  "load_ms",
  "first_inference_ms",
  "peak_rss_bytes",
  "wasm_bytes",
  "gpu_bytes",
  "page_bytes",
  "max_abs_error",
  "bound",
  "reason",
  "remedy",
  "marks_meaning",
  "run",
  "started_at",
  "finished_at",
  "complete",
  "part",
  "suite",
  "seed",
  "reference_spin_ms",
  "cells_ms",
  "timed_ms",
  "weights",
  "input",
  "machine",
  "cpu",
  "cores",
  "available_cores",
  "on_battery",
  "low_power",
  "virtualization",
  "os",
  "node",
  "commit",
  "dirty",
] as const;
type Title = (typeof TITLES)[number];
type CsvRecord = Readonly<Partial<{ [title in Title]: string | number | null | undefined }>>;

/**
 * Machine-readable: full precision, one row per cell and nothing but rows under one line of titles, as spreadsheets and
 * data frames read it. What holds for all of the run stands in every row, so that rows of many runs can be mixed.
 */
export function renderCsv(report: Report): string {
  return csvRecords(
    TITLES,
    report.cells.map((cell) => ({ ...cellRecord(cell, report), ...runRecord(cell, report) })),
  );
}

/** Beside what every table has of it, what only a run file tells. */
function cellRecord(cell: Cell, report: Report): CsvRecord {
  const figures = figureRecord(rowOf(cell, report));
  if (cell.status !== "ok") return figures;
  const { latency, correctness } = cell;
  const leftOut = leftOutOf(cell.blocks);
  return {
    ...figures,
    blocks: latency.blocks,
    blocks_left_out: leftOut.reduce((sum, { blocks }) => sum + blocks, 0),
    left_out_by: leftOut.map(({ rule, blocks }) => `${blocks} × ${rule}`).join("; "),
    inferences: latency.inferences,
    max_abs_error: correctness.maxAbsError,
    bound: correctness.bound,
  };
}

/** Of a run that was gone on with, the part that measured the cell tells what it was measured by; of several, the last. */
function runRecord({ id }: Cell, { run, partsOf }: Report): CsvRecord {
  const parts = partsOf.get(id) ?? [];
  const { environment } = run.parts?.[(parts.at(-1) ?? 0) - 1] ?? run;
  const { cpu, os, runtime, machine, virtualization, commit, dirty, before, after } = environment;
  const states = [before, ...(after ? [after] : [])];
  return {
    run: run.id,
    started_at: run.startedAt,
    finished_at: run.finishedAt,
    complete: String(run.complete),
    reference_spin_ms: run.loops?.referenceSpinMs,
    cells_ms: run.time?.cellsMs,
    timed_ms: run.time?.timedMs,
    part: parts.join("+"),
    suite: run.suite,
    seed: run.seed,
    weights: run.weights?.name,
    input: run.picture?.name,
    machine,
    cpu: cpu.model,
    cores: cpu.cores,
    available_cores: cpu.availableCores,
    on_battery: yesOrNo(states.map(({ power }) => power?.onBattery)),
    low_power: yesOrNo(states.map(({ power }) => power?.lowPower)),
    virtualization,
    os: os.name,
    node: runtime["node"],
    commit,
    dirty: dirty === null ? null : String(dirty),
  };
}

/** Whether it was so before or after the cells; nothing where it is never told. */
function yesOrNo(told: readonly (boolean | undefined)[]): string | undefined {
  return told.every((one) => one === undefined) ? undefined : String(told.includes(true));
}
