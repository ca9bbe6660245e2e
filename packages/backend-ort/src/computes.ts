import type { OperationTable } from "@mobilenet-bench/backend";

/** The operations that are computed here. */
export const COMPUTES = {
  convolution: true,
  depthwise: true,
  pointwise: true,
  pool: true,
  dense: true,
  "average-pool": false,
  "max-pool": false,
  concatenation: false,
  normalization: false,
  activation: false,
} as const satisfies OperationTable;
