import type { WeightedOperation } from "../graph/index.ts";
import { convolution } from "./convolution.ts";

/** The 1×1 convolution of stride 1; kernel `[1, 1, in, out]`. */
export const pointwise: WeightedOperation = convolution;
