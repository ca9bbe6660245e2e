import { z } from "zod";
import type { Tensor } from "@mobilenet-bench/spec";
import { quote } from "../../quote.ts";
import { tensorOfRank, vector } from "../tensors.ts";
import { activation } from "./activation.ts";
import { convolution, dense, depthwise, separable } from "./convolutions.ts";
import { configOf, other, type LayerReader } from "./layer-reader.ts";
import { channelsLast, ONCE, oddities, pair, window } from "./window.ts";

const identity: LayerReader = () => [{ type: "identity" }];

const size = z.number().nullable();
const shape = z.tuple([z.unknown(), size, size, size]);
/** Both words for it: of Keras 2 and of Keras 3. */
const inputConfig = z.object({
  batch_input_shape: shape.nullish().catch(null),
  batch_shape: shape.nullish().catch(null),
});

const input: LayerReader = (layer) => {
  const config = configOf(layer, inputConfig);
  const [, height, width, channels] = config.batch_input_shape ??
    config.batch_shape ?? [null, null, null, null];
  return [{ type: "input", height, width, channels }];
};

const batchNormConfig = z.object({
  axis: z.union([z.number(), z.tuple([z.number()]).transform(([axis]) => axis)]).default(-1),
  epsilon: z.number().default(1e-3),
  center: z.boolean().default(true),
  scale: z.boolean().default(true),
});

const batchNorm: LayerReader = (layer, weights) => {
  const { axis, epsilon, center, scale } = configOf(layer, batchNormConfig);
  if (axis !== 3 && axis !== -1) return other(`batch norm along axis ${axis}`);
  let index = 0;
  const next = (role: string): Tensor => weights.find(layer, [role], index++);
  const gamma = scale ? next("gamma") : undefined;
  const beta = center ? next("beta") : undefined;
  const [mean, variance] = [next("moving_mean"), next("moving_variance")];
  const channels = tensorOfRank(mean, 1, layer.name).data.length;
  const values = (tensor: Tensor) => vector(tensor, channels, layer.name);
  return [
    {
      type: "batch-norm",
      ...(gamma && { gamma: values(gamma) }),
      ...(beta && { beta: values(beta) }),
      mean: values(mean),
      variance: values(variance),
      epsilon,
    },
  ];
};

const reluConfig = z.object({
  max_value: z.number().nullish(),
  negative_slope: z.union([z.number(), z.array(z.number()).transform(([slope = 0]) => slope)]).nullish(),
  threshold: z.union([z.number(), z.array(z.number()).transform(([threshold = 0]) => threshold)]).nullish(),
});

const relu: LayerReader = (layer) => {
  const { max_value, negative_slope, threshold } = configOf(layer, reluConfig);
  if (negative_slope || threshold) return other("a ReLU with a slope or a threshold");
  return [{ type: "clip", min: 0, max: max_value ?? Infinity }];
};

const activationLayer: LayerReader = (layer) => {
  const operations = activation(layer.config["activation"]);
  return operations.length > 0 ? operations : [{ type: "identity" }];
};

const softmax: LayerReader = (layer) => {
  const { axis } = configOf(layer, z.object({ axis: z.unknown() }));
  const isLast = axis === undefined || axis === -1 || (Array.isArray(axis) && axis.join() === "-1");
  return isLast ? [{ type: "softmax" }] : other("softmax along another axis than the last");
};

const paddingConfig = z.object({
  padding: z.union([
    pair.transform(([h, w]): [[number, number], [number, number]] => [
      [h, h],
      [w, w],
    ]),
    z.tuple([z.tuple([z.number(), z.number()]), z.tuple([z.number(), z.number()])]),
  ]),
  data_format: channelsLast.nullable(),
});

const zeroPadding: LayerReader = (layer) => {
  const { padding, data_format } = configOf(layer, paddingConfig);
  if (data_format !== "channels_last") return other(`padding in the layout ${quote(data_format ?? "")}`);
  const [[top, bottom], [left, right]] = padding;
  return [{ type: "pad", padding: { top, bottom, left, right } }];
};

const globalAverage: LayerReader = (layer) => {
  const { data_format } = configOf(layer, z.object({ data_format: channelsLast.nullable() }));
  if (data_format !== "channels_last") return other(`pooling in the layout ${quote(data_format ?? "")}`);
  return [{ type: "global-average" }];
};

const poolConfig = z.object({
  pool_size: pair,
  strides: pair.nullish(),
  padding: z.string().default("valid"),
  data_format: channelsLast,
});

const averagePool: LayerReader = (layer) => {
  const { pool_size, strides, padding, data_format } = configOf(layer, poolConfig);
  const config = {
    ...windowDefaults,
    kernel_size: ONCE,
    strides: strides ?? pool_size,
    padding,
    data_format,
  };
  const odd = oddities(config);
  if (odd) return other(`pooling ${odd}`);
  const [height, width] = pool_size;
  return [{ type: "average-pool", height, width, ...window(config) }];
};
const windowDefaults = { dilation_rate: ONCE, groups: 1, activation: undefined, use_bias: false };

const reshape: LayerReader = (layer) => {
  const { target_shape } = configOf(layer, z.object({ target_shape: z.array(z.number()) }));
  return [{ type: "reshape", shape: [null, ...target_shape.map((size) => (size === -1 ? null : size))] }];
};

const rescaling: LayerReader = (layer) => {
  const config = z.object({ scale: z.number().default(1), offset: z.number().default(0) });
  const { scale, offset } = configOf(layer, config);
  return [
    { type: "multiply", values: Float32Array.of(scale) },
    { type: "add", values: Float32Array.of(offset) },
  ];
};

/** By the class names of Keras. Whatever is not here may still be in a file where nothing depends on it. */
const READERS: ReadonlyMap<string, LayerReader> = new Map([
  ["InputLayer", input],
  ["ZeroPadding2D", zeroPadding],
  ["Conv2D", convolution],
  ["Convolution2D", convolution],
  ["DepthwiseConv2D", depthwise],
  ["SeparableConv2D", separable],
  ["BatchNormalization", batchNorm],
  ["ReLU", relu],
  ["Activation", activationLayer],
  ["Softmax", softmax],
  ["GlobalAveragePooling2D", globalAverage],
  ["AveragePooling2D", averagePool],
  ["Dense", dense],
  ["Reshape", reshape],
  ["Flatten", () => [{ type: "reshape", shape: [null, null] }]],
  ["Rescaling", rescaling],
  ["Dropout", identity],
  ["SpatialDropout2D", identity],
  ["GaussianDropout", identity],
  ["GaussianNoise", identity],
  ["ActivityRegularization", identity],
]);

/** @throws ModelFileError where the layer's configuration or its weights are not what its class needs */
export const operationsOf: LayerReader = (layer, weights) =>
  READERS.get(layer.className)?.(layer, weights) ?? other(`a layer of the class ${quote(layer.className)}`);
