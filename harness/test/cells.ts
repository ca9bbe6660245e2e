import type { FailedCell, OkCell } from "@mobilenet-bench/results";
import { parseModelName } from "@mobilenet-bench/spec";
import { formatCellId } from "@mobilenet-bench/results";

/** Of a cell of `wasm` in Node. */
export const MEMORY: NonNullable<OkCell["memory"]> = { peakRssBytes: 105_541_632, wasmBytes: 2_818_048 };

/** A finished cell for tests of what is done with cells. */
export function okCell(
  modelName: string,
  backend: string,
  medianMs: number,
  changes: Partial<OkCell> = {},
): OkCell {
  const { name: model, multAdds, params } = parseModelName(modelName);
  const options = changes.options ?? {};
  return {
    id: formatCellId({ model, backend, target: "node", options }),
    model,
    backend,
    target: "node",
    options,
    multAdds,
    params,
    status: "ok",
    latency: {
      unit: "ms",
      median: medianMs,
      ci95: [medianMs * 0.98, medianMs * 1.03],
      min: medianMs * 0.95,
      p90: null,
      blocks: 10,
      inferences: 40,
    },
    gmacs: multAdds / medianMs / 1e6,
    coldStart: { importMs: 10, loadMs: 100.4, firstInferenceMs: medianMs },
    correctness: { maxAbsError: 1e-6, bound: 1e-4, worstFraction: 0.01, top1Agrees: true },
    warmUp: { inferences: 12, stable: true },
    blocks: [],
    actual: { threads: typeof options["threads"] === "number" ? options["threads"] : 1, precision: "fp32" },
    ...changes,
  };
}

export function failedCell(modelName: string, backend: string, reason: string, remedy?: string): FailedCell {
  const { id, model, target, options, multAdds, params } = okCell(modelName, backend, 1);
  const failure = { status: "unsupported", reason, ...(remedy === undefined ? {} : { remedy }) } as const;
  return { id, model, backend, target, options, multAdds, params, ...failure };
}
