import type { LayerOf, OperationTable } from "@mobilenet-bench/backend";

/** The operations that have a kernel here. */
export const COMPUTES = {
  convolution: ({ groups }) => (groups > 1 ? `${groups} groups` : undefined),
  depthwise: ({ kernel, stride }) => {
    if (kernel !== 3) return `a kernel of ${kernel}×${kernel}`;
    return stride > 2 ? `a stride of ${stride}` : undefined;
  },
  pointwise: true,
  pool: true,
  dense: true,
  "average-pool": false,
  "max-pool": false,
  concatenation: false,
  normalization: false,
  activation: false,
} as const satisfies OperationTable;

export type TsLayer = LayerOf<typeof COMPUTES>;
