import { INPUT, samePadding, type Layer, type Shape, type WeightedOperation } from "../graph/index.ts";
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
  /** What it reads: the network's input without this. */
  readonly inputs?: readonly string[];
}

/** A SAME-padded convolution with batch norm and ReLU6. */
export function convolutionLayer({ channels, inputs = [INPUT], ...rest }: Convolution): Layer {
  const { type, kernel, stride, input } = rest;
  const rows = samePadding(input[0], kernel, stride);
  const columns = samePadding(input[1], kernel, stride);
  const output: Shape = [rows.output, columns.output, channels];
  const params = CONVOLUTIONS[type].kernelShape({ kernel, input, output }).reduce((a, b) => a * b, 1);
  return {
    ...rest,
    inputs,
    padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
    output,
    batchNorm: true,
    activation: "relu6",
    multAdds: rows.output * columns.output * params,
    params,
  };
}
