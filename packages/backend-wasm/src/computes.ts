import type { OperationTable } from "@mobilenet-bench/backend";
import type { ComputedLayer } from "@mobilenet-bench/spec";

/** The operations that have a kernel here. */
export const COMPUTES = {
  convolution: (layer) => (layer.groups > 1 ? `${layer.groups} groups` : otherThan3(layer)),
  depthwise: otherThan3,
  pointwise: true,
  pool: true,
  dense: true,
  "average-pool": false,
  "max-pool": false,
  concatenation: false,
  normalization: false,
  activation: false,
} as const satisfies OperationTable;

function otherThan3({ kernel }: ComputedLayer): string | undefined {
  return kernel === 3 ? undefined : `a kernel of ${kernel}×${kernel}`;
}
