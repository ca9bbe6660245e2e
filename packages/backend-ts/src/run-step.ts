import type { TsLayer } from "./computes.ts";
import { depthwise } from "./kernels/depthwise.ts";
import { multiply } from "./kernels/multiply.ts";
import { pool } from "./kernels/pool.ts";
import type { Share } from "./share.ts";
import type { Step } from "./step.ts";

type Kernel = (step: Step, input: Float32Array, output: Float32Array, share: Share) => void;

const KERNELS: Readonly<Record<TsLayer["type"], Kernel>> = {
  convolution: multiply,
  depthwise,
  pointwise: multiply,
  pool,
  dense: multiply,
};

/** Computes this share of one layer; with all shares, every element of the output is written once. */
export const runStep: Kernel = (step, input, output, share) =>
  KERNELS[step.layer.type](step, input, output, share);
