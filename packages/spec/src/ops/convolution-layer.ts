import {
  INPUT,
  PADDINGS,
  type Activation,
  type Layer,
  type PaddingRule,
  type Shape,
  type WeightedOperation,
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
  readonly padding?: PaddingRule;
  /** ReLU6 without this. */
  readonly activation?: Activation;
  /** What it reads: the network's input without this. */
  readonly inputs?: readonly string[];
}

/** A convolution with batch norm. */
export function convolutionLayer({
  channels,
  padding = "same",
  activation = "relu6",
  inputs = [INPUT],
  ...rest
}: Convolution): Layer {
  const { type, kernel, stride, input } = rest;
  const rows = PADDINGS[padding](input[0], kernel, stride);
  const columns = PADDINGS[padding](input[1], kernel, stride);
  const output: Shape = [rows.output, columns.output, channels];
  const params = CONVOLUTIONS[type].kernelShape({ kernel, input, output }).reduce((a, b) => a * b, 1);
  return {
    ...rest,
    inputs,
    padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
    output,
    batchNorm: true,
    activation,
    multAdds: rows.output * columns.output * params,
    params,
  };
}
