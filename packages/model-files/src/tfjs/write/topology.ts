import { ACTIVATIONS, BATCH_NORM, samePadding, type Layer, type Model } from "@mobilenet-bench/spec";
import { unwritten } from "../../unwritten.ts";

/** A layer of Keras as JSON, with the names that its weights get in the file, in Keras's order. */
interface WrittenLayer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>> & { readonly name: string };
}

/** A weight of the file, and the tensor of the spec's weights that it is. */
interface WrittenWeight {
  /** As Keras names it: layer, then variable. */
  readonly name: string;
  readonly tensor: string;
}

export interface WrittenTopology {
  readonly modelTopology: unknown;
  readonly weights: readonly WrittenWeight[];
}

/**
 * The model as a Sequential model of Keras 2, which TensorFlow.js, Keras 2 and the converter load. Batch norm is a
 * layer of its own, as trained; padding is SAME, or a layer of its own where the model has another one. The last layer is
 * the softmax, or the sigmoid.
 */
export function writeTopology(model: Model, epsilon: number): WrittenTopology {
  const layers: WrittenLayer[] = [
    {
      class_name: "InputLayer",
      config: { name: "input", batch_input_shape: [null, ...model.input], dtype: "float32", sparse: false },
    },
  ];
  const weights: WrittenWeight[] = [];
  for (const layer of model.layers) {
    const written = writeLayer(layer, epsilon);
    layers.push(...written.layers);
    weights.push(...written.weights);
  }
  return {
    modelTopology: {
      keras_version: "2.15.0",
      backend: "tensorflow",
      model_config: { class_name: "Sequential", config: { name: model.name, layers } },
    },
    weights,
  };
}

function writeLayer(layer: Layer, epsilon: number): WrittenTopologyPart {
  const { name } = layer;
  switch (layer.type) {
    case "convolution":
    case "pointwise":
    case "depthwise":
      return writeConvolution(layer, epsilon);
    case "pool":
      return plain("GlobalAveragePooling2D", { name, data_format: "channels_last" });
    case "dense":
      return {
        layers: [
          {
            class_name: "Dense",
            config: { name, units: layer.output[2], activation: "linear", use_bias: true },
          },
        ],
        weights: [
          { name: `${name}/kernel`, tensor: `${name}/weights` },
          { name: `${name}/bias`, tensor: `${name}/biases` },
        ],
      };
    case "softmax":
    case "sigmoid":
      return plain("Activation", { name, activation: layer.type });
    case "average-pool":
    case "max-pool":
    case "concatenation":
    case "normalization":
    case "activation":
      throw unwritten(layer);
  }
}

interface WrittenTopologyPart {
  readonly layers: readonly WrittenLayer[];
  readonly weights: readonly WrittenWeight[];
}

function plain(class_name: string, config: WrittenLayer["config"]): WrittenTopologyPart {
  return { layers: [{ class_name, config }], weights: [] };
}

function writeConvolution(layer: Layer, epsilon: number): WrittenTopologyPart {
  const { name, kernel, stride } = layer;
  // Keras allows no slash in the name of a layer.
  const norm = `${name}_bn`;
  const isDepthwise = layer.type === "depthwise";
  const pad = writePadding(layer);
  const window = {
    kernel_size: [kernel, kernel],
    strides: [stride, stride],
    padding: pad.length > 0 ? "valid" : "same",
    data_format: "channels_last",
    dilation_rate: [1, 1],
    activation: "linear",
    use_bias: false,
  };
  return {
    layers: [
      ...pad,
      isDepthwise
        ? { class_name: "DepthwiseConv2D", config: { name, depth_multiplier: 1, ...window } }
        : { class_name: "Conv2D", config: { name, filters: layer.output[2], ...window } },
      {
        class_name: "BatchNormalization",
        config: { name: norm, axis: -1, momentum: 0.99, epsilon, center: true, scale: true },
      },
      ...writeActivation(layer),
    ],
    weights: [
      { name: `${name}/${isDepthwise ? "depthwise_kernel" : "kernel"}`, tensor: `${name}/weights` },
      ...BATCH_NORM.map((statistic) => ({ name: `${norm}/${statistic}`, tensor: `${name}/${statistic}` })),
    ],
  };
}

/** Keras pads as SAME does, or not at all. */
function writePadding({ name, kernel, stride, padding, input: [height, width] }: Layer): WrittenLayer[] {
  const { top, bottom, left, right } = padding;
  const rows = samePadding(height, kernel, stride);
  const columns = samePadding(width, kernel, stride);
  if (top === rows.before && left === columns.before) return [];
  const sides = [
    [top, bottom],
    [left, right],
  ];
  const config = { name: `${name}_pad`, padding: sides, data_format: "channels_last" };
  return [{ class_name: "ZeroPadding2D", config }];
}

function writeActivation({ name, activation }: Layer): WrittenLayer[] {
  if (activation === "none") return [];
  const [, greatest] = ACTIVATIONS[activation];
  const max_value = Number.isFinite(greatest) ? greatest : null;
  return [{ class_name: "ReLU", config: { name: `${name}_${activation}`, max_value } }];
}
