import type { Run } from "@mobilenet-bench/results";
import { jsonText } from "@mobilenet-bench/results/harmless";
import { legendOf } from "./stored-columns.ts";
import { WEAK, type StoredComparison } from "./stored.ts";

/** All that the other forms say, with figures in full. */
export function renderStoredJson(comparison: StoredComparison): string {
  const { base, candidate, facts, notes, machine, rows, uncompared, next } = comparison;
  return jsonText({
    of: "stored runs",
    evidence: { strength: "weak", why: WEAK },
    base: identityOf(base),
    candidate: identityOf(candidate),
    facts,
    notes,
    ...(machine && { machine }),
    cells: rows,
    uncompared,
    ...(next !== undefined && { next }),
    legend: legendOf(comparison),
  });
}

function identityOf({ id, startedAt, environment: { machine, commit, dirty } }: Run) {
  return { run: id, startedAt, machine, commit, dirty };
}
