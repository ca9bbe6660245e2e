import { SpecError } from "../error.ts";
import { createNetwork, INPUT, type Layer, type Network, type Shape } from "../graph/index.ts";
import { convolutionLayer, denseLayer, poolLayer, softmaxLayer } from "../ops/index.ts";

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
}

/** One network of the family: `mobilenet_v1_<alpha>_<resolution>[_conv][_shallow]`, a chain of layers. */
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
/** Blocks (counted from 1) that the shallow network leaves out: the five of 14×14×512. */
const SHALLOW_OMITS: ReadonlySet<number> = new Set([7, 8, 9, 10, 11]);
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
  validate(alpha, resolution, classes);

  const input: Shape = [resolution, resolution, 3];
  const layers: Layer[] = [];
  let shape = input;
  const append = (layer: Layer) => {
    layers.push({ ...layer, inputs: [layers.at(-1)?.name ?? INPUT] });
    shape = layer.output;
  };
  const convolve = (name: string, type: "convolution" | "pointwise", stride: number, channels: number) =>
    append(
      convolutionLayer({ name, type, kernel: type === "pointwise" ? 1 : 3, stride, input: shape, channels }),
    );

  convolve("Conv2d_0", "convolution", 2, thin(FIRST_CHANNELS, alpha));
  for (const [index, [channels, stride]] of BLOCKS.entries()) {
    const block = index + 1;
    if (shallow && SHALLOW_OMITS.has(block)) continue;
    if (conv) {
      convolve(`Conv2d_${block}`, "convolution", stride, thin(channels, alpha));
      continue;
    }
    const [, , inputChannels] = shape;
    const name = `Conv2d_${block}_depthwise`;
    append(
      convolutionLayer({ name, type: "depthwise", kernel: 3, stride, input: shape, channels: inputChannels }),
    );
    convolve(`Conv2d_${block}_pointwise`, "pointwise", 1, thin(channels, alpha));
  }
  append(poolLayer("AvgPool", shape));
  append(denseLayer("Logits", shape, classes));
  append(softmaxLayer("Predictions", shape));

  const network = createNetwork(formatModelName({ alpha, resolution, conv, shallow }), input, layers);
  if (!Number.isSafeInteger(network.multAdds) || !Number.isSafeInteger(network.params))
    throw new SpecError(
      `alpha ${alpha} at resolution ${resolution} is too large to count. Use smaller values.`,
    );
  return { ...network, alpha, resolution, classes, conv, shallow };
}

/** `mobilenet_v1_<alpha>_<resolution>`, α with at least one decimal, as the field writes it. */
export function formatModelName({ alpha, resolution, conv, shallow }: ModelConfig): string {
  const decimal = Number.isInteger(alpha) ? alpha.toFixed(1) : String(alpha);
  return `mobilenet_v1_${decimal}_${resolution}${conv ? "_conv" : ""}${shallow ? "_shallow" : ""}`;
}

/** What chose this network: plain data, from which `createModel` builds it again. */
export function configOf({ alpha, resolution, classes, conv, shallow }: Model): Required<ModelConfig> {
  return { alpha, resolution, classes, conv, shallow };
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
