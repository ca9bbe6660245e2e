import {
  add,
  batchNormalization,
  clip,
  maximum,
  minimum,
  multiply,
  relu,
  softmax,
  subtract,
} from "./arithmetic.ts";
import { convolution } from "./convolution.ts";
import { gemm, matMul } from "./dense.ts";
import type { Converter } from "./node-view.ts";
import { pad } from "./pad.ts";
import { averagePool, globalAveragePool, reduceMean } from "./pool.ts";
import { flatten, identity, reshape, squeeze, transposition, unsqueeze } from "./shape.ts";

/** The operators of ONNX that a MobileNet V1 may have. */
export const CONVERTERS: ReadonlyMap<string, Converter> = new Map([
  ["Add", add],
  ["AveragePool", averagePool],
  ["BatchNormalization", batchNormalization],
  ["Cast", identity],
  ["Clip", clip],
  ["Conv", convolution],
  ["Dropout", identity],
  ["Flatten", flatten],
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
  ["Softmax", softmax],
  ["Squeeze", squeeze],
  ["Sub", subtract],
  ["Transpose", transposition],
  ["Unsqueeze", unsqueeze],
]);
