import { SpecError } from "../error.ts";
import {
  createNetwork,
  inARow,
  type Activation,
  type Layer,
  type Network,
  type PaddingRule,
  type Prediction,
  type Shape,
} from "../graph/index.ts";
import { convolutionLayer, denseLayer, poolLayer, sigmoidLayer, softmaxLayer } from "../ops/index.ts";

/** What chooses one network of the family. */
export interface ModelConfig {
  /** Width multiplier α > 0. */
  readonly alpha: number;
  /** Input height and width in pixels, at least 32 (the resolution multiplier ρ is resolution / 224). */
  readonly resolution: number;
  /** Outputs of the classifier; 1000 by default. */
  readonly classes?: number;
  /** Full 3×3 convolutions in place of the separable ones (the paper's Table 4). */
  readonly conv?: boolean;
  /** Without the five 14×14×512 blocks (the paper's Table 5). */
  readonly shallow?: boolean;
  /** ReLU6, as the authors trained it, by default; plain ReLU is what the paper says and most PyTorch code has. */
  readonly activation?: Exclude<Activation, "none">;
  /** TensorFlow's SAME by default; symmetric is PyTorch's `padding=1`, and that of Keras before 2.2. */
  readonly padding?: PaddingRule;
  /** Input pixels per pixel of the last plane: 32 by default, 16 with stride 1 in block 12. */
  readonly outputStride?: OutputStride;
  /** What makes probabilities of logits: softmax by default, sigmoid where classes do not exclude each other. */
  readonly predictions?: Prediction;
}

export const OUTPUT_STRIDES = [32, 16] as const;
export type OutputStride = (typeof OUTPUT_STRIDES)[number];

/** What most networks of the family are, and names leave out. */
const USUAL = { activation: "relu6", padding: "same", outputStride: 32, predictions: "softmax" } as const;

/**
 * One network of the family, a chain of layers: `mobilenet_v1_<alpha>_<resolution>`, behind which stands what differs
 * from most: `_conv`, `_shallow`, `_relu`, `_symmetric`, `_os16`, `_sigmoid`.
 */
export interface Model extends Required<ModelConfig>, Network {}

/**
 * Output channels before thinning and stride of the blocks 1 to 13 (Table 1). The table prints stride 2
 * for the last depthwise layer, but its shapes hold only with stride 1.
 */
const BLOCKS: readonly (readonly [channels: number, stride: 1 | 2])[] = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
];
/** The block (counted from 1) whose stride is left out for an output stride of 16. */
const LAST_STRIDE = 12;
/** Blocks (counted from 1) that the shallow network leaves out: the five of 14×14×512. */
const SHALLOW_OMITS: ReadonlySet<number> = new Set([7, 8, 9, 10, 11]);
const PREDICTION_LAYERS = { softmax: softmaxLayer, sigmoid: sigmoidLayer };
const FIRST_CHANNELS = 32;
const MIN_RESOLUTION = 32;

/** Thinned channels: max(8, ⌊α·c⌋), as the authors' TensorFlow implementation rounds. */
export function thin(channels: number, alpha: number): number {
  return Math.max(8, Math.floor(alpha * channels));
}

/**
 * Builds the network for any α > 0, resolution ≥ 32 and number of classes ≥ 1.
 * @throws SpecError on values out of range, or where a count would no longer be an exact integer
 */
export function createModel(config: ModelConfig): Model {
  const { alpha, resolution, classes = 1000, conv = false, shallow = false } = config;
  const { activation, padding, outputStride, predictions } = { ...USUAL, ...config };
  validate(alpha, resolution, classes);

  const input: Shape = [resolution, resolution, 3];
  const layers: Layer[] = [];
  let shape = input;
  const append = (layer: Layer) => {
    layers.push(layer);
    shape = layer.output;
  };
  const convolve = (
    name: string,
    type: "convolution" | "depthwise" | "pointwise",
    stride: number,
    channels: number,
  ) => {
    const kernel = type === "pointwise" ? 1 : 3;
    append(convolutionLayer({ name, type, kernel, stride, input: shape, channels, padding, activation }));
  };

  convolve("Conv2d_0", "convolution", 2, thin(FIRST_CHANNELS, alpha));
  for (const [index, [channels, usualStride]] of BLOCKS.entries()) {
    const block = index + 1;
    const stride = block === LAST_STRIDE && outputStride === 16 ? 1 : usualStride;
    if (shallow && SHALLOW_OMITS.has(block)) continue;
    if (conv) {
      convolve(`Conv2d_${block}`, "convolution", stride, thin(channels, alpha));
      continue;
    }
    convolve(`Conv2d_${block}_depthwise`, "depthwise", stride, shape[2]);
    convolve(`Conv2d_${block}_pointwise`, "pointwise", 1, thin(channels, alpha));
  }
  append(poolLayer("AvgPool", shape));
  append(denseLayer("Logits", shape, classes));
  append(PREDICTION_LAYERS[predictions]("Predictions", shape));

  const properties = { activation, padding, outputStride, predictions };
  const chosen = { alpha, resolution, classes, conv, shallow, ...properties };
  const network = createNetwork(formatModelName(chosen), input, inARow(layers));
  if (!Number.isSafeInteger(network.multAdds) || !Number.isSafeInteger(network.params))
    throw new SpecError(
      `alpha ${alpha} at resolution ${resolution} is too large to count. Use smaller values.`,
    );
  return { ...network, ...chosen };
}

/** `mobilenet_v1_<alpha>_<resolution>`, α with at least one decimal, as the field writes it; then what differs from most. */
export function formatModelName(config: ModelConfig): string {
  const { alpha, resolution, conv = false, shallow = false } = config;
  const { activation, padding, outputStride, predictions } = { ...USUAL, ...config };
  const decimal = Number.isInteger(alpha) ? alpha.toFixed(1) : String(alpha);
  const differences = [
    conv && "conv",
    shallow && "shallow",
    activation !== USUAL.activation && activation,
    padding !== USUAL.padding && padding,
    outputStride !== USUAL.outputStride && `os${outputStride}`,
    predictions !== USUAL.predictions && predictions,
  ];
  return ["mobilenet_v1", decimal, resolution, ...differences.filter((text) => text !== false)].join("_");
}

/** What chose this network: plain data, from which `createModel` builds it again. */
export function configOf(model: Model): Required<ModelConfig> {
  const { alpha, resolution, classes, conv, shallow } = model;
  const { activation, padding, outputStride, predictions } = model;
  return { alpha, resolution, classes, conv, shallow, activation, padding, outputStride, predictions };
}

function validate(alpha: number, resolution: number, classes: number) {
  if (!Number.isFinite(alpha) || alpha <= 0)
    throw new SpecError(`alpha is ${alpha}. Use a number greater than 0, such as 0.75.`);
  if (!Number.isInteger(resolution) || resolution < MIN_RESOLUTION)
    throw new SpecError(
      `resolution is ${resolution}. Use a whole number of at least ${MIN_RESOLUTION}, such as 224.`,
    );
  if (!Number.isInteger(classes) || classes < 1)
    throw new SpecError(`classes is ${classes}. Use a whole number of at least 1, such as 1000.`);
}
