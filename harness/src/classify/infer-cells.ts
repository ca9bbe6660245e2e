import { namedModel } from "@mobilenet-bench/runner";
import { FLOAT32, type Expected, type Precision } from "@mobilenet-bench/backend";
import type { PlannedCell } from "../plan/cell.ts";
import type { WeightsFile } from "../run/given.ts";
import { askAhead } from "../run/why-unavailable.ts";
import { inferCell, type Inferred } from "./infer-cell.ts";
import { computeEach, precisionFor } from "../run/expected.ts";

/** What all cells infer, and who is told of it. */
export interface InferCells {
  readonly weights: WeightsFile;
  /** NHWC [1, resolution, resolution, 3] each; at least one. */
  readonly inputs: readonly Float32Array[];
  /** Called with what was computed, and for how many inputs. */
  readonly onDone: (what: string, inputs: number) => void;
  readonly onCell: (result: Inferred) => void;
}

/** All cells on all inputs, one cell after the other, beside the reference's logits. */
export async function inferCells(
  cells: readonly PlannedCell[],
  { weights, inputs, onDone, onCell }: InferCells,
): Promise<{ readonly reference: readonly Expected[]; readonly results: readonly Inferred[] }> {
  const [picture] = inputs;
  const source = { seed: 1, weights: weights.weights, ...(picture && { picture }) };
  const known = new Map<Precision, Expected[]>();
  const expect = async (precision: Precision) => {
    const found = known.get(precision);
    if (found) return found;
    const request = { model: namedModel(weights.model), source, inputs, precision };
    const expected = await computeEach(request, () => onDone("reference", 1));
    known.set(precision, expected);
    return expected;
  };
  await askAhead(cells);
  const reference = await expect(FLOAT32);
  const results: Inferred[] = [];
  for (const cell of cells) {
    const expected = await expect(precisionFor(cell.options));
    const options = { source, inputs, expected, onDone: (done: number) => onDone(cell.id, done) };
    const result = await inferCell(cell, options);
    results.push(result);
    onCell(result);
  }
  return { reference, results };
}
