import { jsonText } from "@mobilenet-bench/results/harmless";
import { isChecked } from "./check-cell.ts";
import { reasonsOf, type Judged } from "./failures.ts";
import { rowsOf } from "./rows.ts";

/**
 * The matrix and every cell in full. Numbers that JSON cannot tell (NaN and the infinities) are texts of that name.
 */
export function renderJson(verdicts: readonly Judged[], seed: number): string {
  return jsonText({ seed, matrix: rowsOf(verdicts), cells: verdicts.map(toJson) });
}

function toJson(verdict: Judged) {
  const { id, model, backend, target, options } = verdict.cell;
  const identity = { id, model, backend, target, options, status: verdict.status };
  const reasons =
    verdict.status === "ok" ? {} : { reasons: reasonsOf(verdict), reproduce: verdict.reproduce };
  if (!isChecked(verdict)) return { ...identity, ...reasons };
  // Not what the logits had to be: it is long, and the seed tells it.
  const { actual, logits, worstLogit, layers, bits, batch, excesses } = verdict;
  return { ...identity, ...reasons, actual, bits, batch, excesses, logits, worstLogit, layers };
}
