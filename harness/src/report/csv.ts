import { formatOptions, ofPeak, type Cell } from "@mobilenet-bench/results";
import { csvRecords } from "../harmless/csv-records.ts";
import { leftOutOf } from "@mobilenet-bench/results";
import { marksOf } from "./marks.ts";
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

function cellRecord(cell: Cell, report: Report): CsvRecord {
  const marks = marksOf(cell, report.peaks);
  const identity = {
    id: cell.id,
    model: cell.model,
    backend: cell.backend,
    target: cell.target,
    options: formatOptions(cell.options),
    status: cell.status,
    mult_adds: cell.multAdds,
    params: cell.params,
  };
  if (cell.status !== "ok") return { ...identity, reason: cell.reason, remedy: cell.remedy };
  const { latency, coldStart, correctness } = cell;
  const leftOut = leftOutOf(cell.blocks);
  const ratio = report.ratios.get(cell.id);
  const rank = report.ranks.get(cell.id);
  const share = ofPeak(cell, report.peaks);
  const clocked = report.clocked.get(cell.id);
  const another = report.another.get(cell.id);
  return {
    ...identity,
    marks: marks.map(({ word }) => word).join("; "),
    marks_meaning: marks.map(({ meaning }) => meaning).join("; "),
    rank_best: rank?.[0],
    rank_worst: rank?.[1],
    ratio: ratio?.value,
    ratio_within_run_ci95_low: ratio?.ci95?.[0],
    ratio_within_run_ci95_high: ratio?.ci95?.[1],
    ratio_rounds: ratio?.rounds,
    ratio_base: ratio?.base,
    median_ms: latency.median,
    median_within_run_ci95_low_ms: latency.ci95[0],
    median_within_run_ci95_high_ms: latency.ci95[1],
    reference_clock_ms: clocked?.ms,
    reference_clock_ci95_low_ms: clocked?.ci95[0],
    reference_clock_ci95_high_ms: clocked?.ci95[1],
    reference_clock_sets: clocked?.sets,
    another_run_here_ci95_low_ms: another?.ci95[0],
    another_run_here_ci95_high_ms: another?.ci95[1],
    another_run_here_earlier_runs: another?.earlierRuns,
    min_ms: latency.min,
    p90_ms: latency.p90,
    blocks: latency.blocks,
    blocks_left_out: leftOut.reduce((sum, { blocks }) => sum + blocks, 0),
    left_out_by: leftOut.map(({ rule, blocks }) => `${blocks} × ${rule}`).join("; "),
    inferences: latency.inferences,
    gmacs: cell.gmacs,
    fraction_of_peak: share?.fraction,
    peak_style: share?.style,
    import_ms: coldStart.importMs,
    load_ms: coldStart.loadMs,
    first_inference_ms: coldStart.firstInferenceMs,
    peak_rss_bytes: cell.memory?.peakRssBytes,
    wasm_bytes: cell.memory?.wasmBytes,
    gpu_bytes: cell.memory?.gpuBytes,
    page_bytes: cell.memory?.pageBytes,
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
