import type { FoldedLayer, Layer } from "@mobilenet-bench/spec";
import { solo } from "../bench/solo.ts";
import type { Kernel } from "../src/kernels/table.ts";
import { readPlane, writePlane } from "../src/layout/layout.ts";
import { packWeights } from "../src/plan/pack.ts";

export interface Case {
  readonly layer: Layer;
  readonly folded: FoldedLayer;
  readonly input: Float32Array;
}

/** The output of one layer by one kernel of the table; NaN where it was not written. */
export async function runKernel(kernel: Kernel, { layer, folded, input }: Case, optimised = false) {
  const { step, floats, run } = await solo(kernel, layer, optimised);
  if (kernel.op !== "pool") packWeights(floats, step, folded);
  writePlane(floats, step.input.address, step.input.layout, input);
  const { address, layout } = step.output;
  writePlane(
    floats,
    address,
    layout,
    new Float32Array(layout.height * layout.width * layout.channels).fill(NaN),
  );
  run();
  return readPlane(floats, address, layout);
}
