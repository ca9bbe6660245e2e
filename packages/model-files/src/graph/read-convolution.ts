import {
  PADDINGS,
  samePadding,
  type Model,
  type Padding,
  type PaddingRule,
  type Tensor,
  type Weights,
} from "@mobilenet-bench/spec";
import { describe } from "./describe.ts";
import { MAX_EPSILON } from "./common-epsilon.ts";
import { normalize, type Affine, type Normalized } from "./normalization.ts";
import { REMEDIES } from "./remedies.ts";
import type { Operation } from "./source-graph.ts";
import type { Walk } from "./walk.ts";

type Rectifier = Model["activation"];

/** How a network may be padded, and what may follow its convolutions; the most common first. */
export const PADDING_RULES: readonly PaddingRule[] = ["same", "symmetric"];
export const RECTIFIERS: readonly Rectifier[] = ["relu6", "relu"];

/** What stands in the place of one layer of the network. */
export interface ExpectedConvolution {
  /** Of the layer, or of several that may stand here: "Conv2d_1_depthwise or Conv2d_1". */
  readonly layer: string;
  readonly type: "convolution" | "depthwise";
  readonly kernel: 1 | 3;
  readonly stride: number;
  /** Height and width of its input, in pixels. */
  readonly size: number;
  readonly inputs: number;
  /** As the layers before it leave it open. */
  readonly outputs: readonly [fewest: number, most: number];
  /** Which the layers before it leave open, at least one. */
  readonly paddings: readonly PaddingRule[];
  readonly activations: readonly Rectifier[];
}

export interface FoundConvolution {
  readonly kernel: Tensor;
  readonly channels: number;
  readonly normalized: Normalized;
  /** Those of the paddings expected that put its windows where they are. */
  readonly paddings: readonly PaddingRule[];
  readonly activation: Rectifier;
}

/**
 * Reads a convolution with what belongs to it: pads before it, and behind it bias, batch norm, ReLU6 or ReLU.
 * @param fits whether the number of output channels does
 * @throws ModelFileError where anything else stands there
 */
export function readConvolution(
  walk: Walk,
  expected: ExpectedConvolution,
  fits: (outputs: number) => boolean,
): FoundConvolution {
  const words = inWords(expected);
  const pads: Padding[] = [];
  for (let pad = walk.take("pad"); pad; pad = walk.take("pad")) pads.push(pad.padding);

  const operation = walk.peek()?.operation;
  if (operation?.type !== expected.type) throw walk.refusal(words, undefined, remedyFor(operation, expected));
  const { shape } = operation.kernel;
  const [height, width, depth, last] = shape;
  const channels = expected.type === "depthwise" ? depth : last;
  const isSquare = shape.length === 4 && height === expected.kernel && width === expected.kernel;
  if (!isSquare || depth !== expected.inputs || (expected.type === "depthwise" && last !== 1))
    throw walk.refusal(words);
  if (operation.stride !== expected.stride || channels === undefined || !fits(channels))
    throw walk.refusal(words);
  const paddings = readPadding(walk, words, expected, pads, operation);
  if (operation.bias && operation.bias.length !== channels)
    throw walk.refusal(words, `${describe(operation)} and ${operation.bias.length} biases`, REMEDIES.broken);
  walk.take(expected.type);

  const steps = takeAffine(walk, channels, expected.layer);
  const activation = takeRectifier(walk, expected);
  const normalized = normalize(channels, operation.bias, steps);
  return { kernel: operation.kernel, channels, normalized, paddings, activation };
}

function inWords({ layer, type, kernel, stride, inputs, outputs }: ExpectedConvolution): string {
  const what = kernel === 1 ? "pointwise" : type;
  const channels =
    type === "depthwise" ? `with ${inputs} channels` : `from ${inputs} to ${range(outputs)} channels`;
  return `a ${what} ${kernel}×${kernel} ${channels}, stride ${stride}, as ${layer}`;
}

function range([fewest, most]: readonly [fewest: number, most: number]): string {
  if (most === Infinity) return `at least ${fewest}`;
  return fewest === most ? String(fewest) : `${fewest}…${most}`;
}

function remedyFor(operation: Operation | undefined, { layer }: ExpectedConvolution): string | undefined {
  if (layer !== "Conv2d_0" || (operation?.type !== "add" && operation?.type !== "multiply")) return undefined;
  return "The file scales its input itself: export the network without that step, and scale images beforehand";
}

/** Pads are those of a rule where the image starts at the same pixel and as many outputs come. */
function readPadding(
  walk: Walk,
  words: string,
  { kernel, stride, size, paddings }: ExpectedConvolution,
  pads: readonly Padding[],
  convolution: Extract<Operation, { type: "convolution" | "depthwise" }>,
): readonly PaddingRule[] {
  const same = samePadding(size, kernel, stride);
  const total = Math.max(0, same.before + same.after);
  const { padding } = convolution;
  const before = padding === "same" ? same.before : Math.ceil(total / 2);
  const own: Padding =
    padding === "same" || padding === "same-lower"
      ? { top: before, left: before, bottom: total - before, right: total - before }
      : padding;
  const sum = (side: keyof Padding) => pads.reduce((all, pad) => all + pad[side], own[side]);
  const fits = (rule: PaddingRule, first: number, behind: number) => {
    const wanted = PADDINGS[rule](size, kernel, stride);
    const outputs = Math.floor((size + first + behind - kernel) / stride) + 1;
    return first === wanted.before && outputs === wanted.output;
  };
  const [top, bottom, left, right] = [sum("top"), sum("bottom"), sum("left"), sum("right")];
  // SAME behind a pad pads for the larger image.
  const isMixed = typeof padding === "string" && pads.length > 0;
  const fitting = paddings.filter((rule) => fits(rule, top, bottom) && fits(rule, left, right));
  if (!isMixed && fitting.length > 0) return fitting;
  const [rule = "same"] = paddings;
  const wanted = PADDINGS[rule](size, kernel, stride);
  throw walk.refusal(
    `${words}, padded as ${rule === "same" ? "SAME" : "PyTorch's padding=1"} pads ${size}×${size} pixels (top and left ${wanted.before}, bottom and right ${wanted.after})`,
    isMixed
      ? "SAME padding behind a pad of its own"
      : `padding of top ${top}, left ${left}, bottom ${bottom}, right ${right}`,
    REMEDIES.padding,
  );
}

function takeAffine(walk: Walk, channels: number, layer: string): readonly Affine[] {
  const steps: Affine[] = [];
  for (;;) {
    const step = walk.peek()?.operation;
    if (step?.type !== "add" && step?.type !== "multiply" && step?.type !== "batch-norm") return steps;
    const lengths =
      step.type === "batch-norm"
        ? [step.mean, step.variance, step.gamma, step.beta].map((values) => values?.length ?? channels)
        : [step.values.length];
    const wrong = lengths.find((length) => length !== channels && length !== 1);
    if (wrong !== undefined)
      throw walk.refusal(
        `${channels} values, one per channel of ${layer}`,
        `${describe(step)} with ${wrong}`,
        REMEDIES.broken,
      );
    if (step.type === "batch-norm" && !(step.epsilon >= 0 && step.epsilon <= MAX_EPSILON))
      throw walk.refusal(
        `an ε of 0 to ${MAX_EPSILON} in the batch norm of ${layer}`,
        `one of ${step.epsilon}`,
        REMEDIES.broken,
      );
    steps.push(step);
    walk.take(step.type);
  }
}

const WORDS: Readonly<Record<Rectifier, string>> = {
  relu6: "a ReLU6 (a clip to 0…6)",
  relu: "a ReLU without an upper bound",
};

/** ReLU6 in one clip or in several, such as ReLU and then a minimum; or ReLU. */
function takeRectifier(walk: Walk, { layer, activations }: ExpectedConvolution): Rectifier {
  let min = -Infinity;
  let max = Infinity;
  const words = `${activations.map((activation) => WORDS[activation]).join(" or ")} after ${layer}`;
  for (;;) {
    const clip = walk.peek()?.operation;
    if (clip?.type !== "clip") break;
    const low = Math.max(min, clip.min);
    const high = Math.min(max, clip.max);
    if (low > 0 || high < 6) throw walk.refusal(words);
    [min, max] = [low, high];
    walk.take("clip");
  }
  const found = min === 0 && max === 6 ? "relu6" : min === 0 && max === Infinity ? "relu" : undefined;
  if (!found) throw walk.refusal(words, undefined, max === Infinity ? REMEDIES.noActivation : undefined);
  if (!activations.includes(found)) throw walk.refusal(words, WORDS[found], REMEDIES.rectifiers);
  return found;
}

/** The tensors of a convolution by their names in the spec. */
export function convolutionTensors(
  layer: string,
  kernel: Tensor,
  norm: Readonly<Record<string, Float32Array>>,
): Weights["tensors"] {
  const tensors = new Map<string, Tensor>([[`${layer}/weights`, kernel]]);
  for (const [statistic, data] of Object.entries(norm))
    tensors.set(`${layer}/${statistic}`, { shape: [data.length], data });
  return tensors;
}
