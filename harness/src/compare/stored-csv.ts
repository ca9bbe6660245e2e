import { csvRecords } from "@mobilenet-bench/results/harmless";
import type { StoredComparison } from "./stored.ts";

const TITLES = [
  "id",
  "model",
  "base_median_ms",
  "candidate_median_ms",
  "ratio",
  "ratio_over_sets_ci95_low",
  "ratio_over_sets_ci95_high",
  "at_clock",
  "machine_ratio",
  "own_ratio",
  "nominated",
  "ran_otherwise",
  "not_compared",
  "broken",
  "base_run",
  "candidate_run",
  "base_machine",
  "candidate_machine",
  "base_commit",
  "candidate_commit",
  "evidence",
] as const;

/** In full precision, a row for each cell of either run; what holds for all stands in every row. */
export function renderStoredCsv({ base, candidate, rows, uncompared, machine }: StoredComparison): string {
  const runs = {
    base_run: base.id,
    candidate_run: candidate.id,
    base_machine: base.environment.machine,
    candidate_machine: candidate.environment.machine,
    base_commit: base.environment.commit,
    candidate_commit: candidate.environment.commit,
    evidence: "weak",
  };
  return csvRecords(TITLES, [
    ...rows.map(({ id, model, baseMs, candidateMs, ratio, atClock, ownRatio, nominated, ranOtherwise }) => ({
      id,
      model,
      base_median_ms: baseMs,
      candidate_median_ms: candidateMs,
      ratio: ratio.value,
      ratio_over_sets_ci95_low: ratio.interval?.[0],
      ratio_over_sets_ci95_high: ratio.interval?.[1],
      at_clock: String(atClock),
      machine_ratio: machine?.ratio,
      own_ratio: ownRatio,
      nominated,
      ran_otherwise: ranOtherwise.join("; "),
      ...runs,
    })),
    ...uncompared.map(({ id, model, why, broken }) => ({
      id,
      model,
      not_compared: why,
      broken: String(broken),
      ...runs,
    })),
  ]);
}
