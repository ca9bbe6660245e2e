import {
  INPUT,
  WINDOWS,
  type Activation,
  type Layer,
  type Shape,
  type WeightedOperation,
  type WindowRule,
} from "../graph/index.ts";
import { convolution } from "./convolution.ts";
import { depthwise } from "./depthwise.ts";
import { pointwise } from "./pointwise.ts";

const CONVOLUTIONS = { convolution, depthwise, pointwise } satisfies Partial<
  Record<Layer["type"], WeightedOperation>
>;

interface Convolution {
  readonly name: string;
  readonly type: keyof typeof CONVOLUTIONS;
  readonly kernel: number;
  readonly stride: number;
  readonly input: Shape;
  readonly channels: number;
  /** SAME without this. */
  readonly padding?: WindowRule;
  /** ReLU6 without this. */
  readonly activation?: Activation;
  /** Batch norm without this, else a bias. */
  readonly batchNorm?: boolean;
  /** What it reads: the network's input without this. */
  readonly inputs?: readonly string[];
}

/** A convolution, whichever of the three. */
export function convolutionLayer({
  channels,
  padding = "same",
  activation = "relu6",
  batchNorm = true,
  inputs = [INPUT],
  ...rest
}: Convolution): Layer {
  const { type, kernel, stride, input } = rest;
  const rows = WINDOWS[padding](input[0], kernel, stride);
  const columns = WINDOWS[padding](input[1], kernel, stride);
  const output: Shape = [rows.output, columns.output, channels];
  const params = CONVOLUTIONS[type].kernelShape({ kernel, input, output }).reduce((a, b) => a * b, 1);
  return {
    ...rest,
    inputs,
    padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
    output,
    batchNorm,
    activation,
    multAdds: rows.output * columns.output * params,
    params,
  };
}
