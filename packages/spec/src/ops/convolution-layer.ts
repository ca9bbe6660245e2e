import { SpecError } from "../error.ts";
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
  /** 1 without this. */
  readonly groups?: number;
  /** SAME without this. */
  readonly padding?: WindowRule;
  /** ReLU6 without this. */
  readonly activation?: Activation;
  /** Batch norm without this, else a bias. */
  readonly batchNorm?: boolean;
  /** What it reads: the network's input without this. */
  readonly inputs?: readonly string[];
}

/**
 * A convolution, whichever of the three.
 * @throws SpecError where channels do not fall into so many groups
 */
export function convolutionLayer({
  channels,
  groups = 1,
  padding = "same",
  activation = "relu6",
  batchNorm = true,
  inputs = [INPUT],
  ...rest
}: Convolution): Layer {
  const { type, kernel, stride, input } = rest;
  const rows = WINDOWS[padding](input[0], kernel, stride);
  const columns = WINDOWS[padding](input[1], kernel, stride);
  if (input[2] % groups !== 0 || channels % groups !== 0)
    throw new SpecError(
      `${input[2]} to ${channels} channels do not fall into ${groups} groups. Use numbers that ${groups} divides.`,
    );
  const output: Shape = [rows.output, columns.output, channels];
  const params = CONVOLUTIONS[type].kernelShape({ kernel, groups, input, output }).reduce((a, b) => a * b, 1);
  return {
    ...rest,
    inputs,
    padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
    groups,
    output,
    batchNorm,
    activation,
    multAdds: rows.output * columns.output * params,
    params,
  };
}
