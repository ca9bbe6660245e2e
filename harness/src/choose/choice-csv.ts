import { ACCURACY_SOURCE } from "@mobilenet-bench/spec";
import { choiceRows, formatOptions, type ChoiceRow, type NewestCell } from "@mobilenet-bench/results";
import { csvRecords } from "@mobilenet-bench/results/harmless";
import type { ChoiceReport } from "./choice-report.ts";

const TITLES = [
  "role",
  "id",
  "model",
  "backend",
  "target",
  "options",
  "top1_percent",
  "accuracy_of",
  "median_ms",
  "median_within_run_ci95_low_ms",
  "median_within_run_ci95_high_ms",
  "size_bytes",
  "note",
  "marks",
  "budget_ms",
  "budget_bytes",
  "run",
  "machine",
  "accuracy_source",
] as const;

/** A record for each offer that the answer names, in full precision, and nothing else: of no answer the titles alone. */
export function renderChoiceCsv({ choice }: ChoiceReport): string {
  const { latencyMs: budget_ms, sizeBytes: budget_bytes } = choice.budget;
  const budget = { budget_ms, budget_bytes, accuracy_source: ACCURACY_SOURCE.url };
  return csvRecords(
    TITLES,
    choiceRows(choice).map((row) => ({ ...recordOf(row), ...budget })),
  );
}

function recordOf({ role, note, offer }: ChoiceRow<NewestCell>) {
  const { cell, latencyMs, ci95, top1, accuracyOf, sizeBytes } = offer;
  const { id, model, backend, target, options, marks, run, machine } = cell;
  return {
    role,
    id,
    model,
    backend,
    target,
    options: formatOptions(options),
    top1_percent: top1,
    accuracy_of: accuracyOf,
    median_ms: latencyMs,
    median_within_run_ci95_low_ms: ci95[0],
    median_within_run_ci95_high_ms: ci95[1],
    size_bytes: sizeBytes,
    note,
    marks: marks.join("; "),
    run,
    machine,
  };
}
