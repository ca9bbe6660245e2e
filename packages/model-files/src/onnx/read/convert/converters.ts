import {
  add,
  batchNormalization,
  clip,
  divide,
  maximum,
  minimum,
  multiply,
  relu,
  sigmoid,
  softmax,
  subtract,
} from "./arithmetic.ts";
import { convolution, fusedConvolution } from "./convolution.ts";
import { gemm, matMul } from "./dense.ts";
import type { Converter } from "./node-view.ts";
import { pad } from "./pad.ts";
import { averagePool, globalAveragePool, reduceMean } from "./pool.ts";
import {
  expand,
  flatten,
  gather,
  identity,
  reshape,
  slice,
  squeeze,
  transposition,
  unsqueeze,
} from "./shape.ts";

/** The operators of ONNX that a MobileNet V1 may have. */
export const CONVERTERS: ReadonlyMap<string, Converter> = new Map([
  ["Add", add],
  ["AveragePool", averagePool],
  ["BatchNormalization", batchNormalization],
  ["Cast", identity],
  ["CastLike", identity],
  ["Clip", clip],
  ["Conv", convolution],
  ["Div", divide],
  ["Dropout", identity],
  ["Expand", expand],
  ["Flatten", flatten],
  ["Gather", gather],
  ["Gemm", gemm],
  ["GlobalAveragePool", globalAveragePool],
  ["Identity", identity],
  ["MatMul", matMul],
  ["Max", maximum],
  ["Min", minimum],
  ["Mul", multiply],
  ["Pad", pad],
  ["ReduceMean", reduceMean],
  ["Relu", relu],
  ["Reshape", reshape],
  ["Sigmoid", sigmoid],
  ["Slice", slice],
  ["Softmax", softmax],
  ["Squeeze", squeeze],
  ["Sub", subtract],
  ["Transpose", transposition],
  ["Unsqueeze", unsqueeze],
]);

/** Operators of ONNX Runtime's own domain, com.microsoft, that its optimizer leaves. */
export const FUSED_CONVERTERS: ReadonlyMap<string, Converter> = new Map([["FusedConv", fusedConvolution]]);
