import {
  foldBatchNorm,
  isWeighted,
  kernelShape,
  samePadding,
  type FoldedLayer,
  type Layer,
  type Model,
  type WeightedLayer,
  type Weights,
} from "@mobilenet-bench/spec";
import { layersFor } from "@mobilenet-bench/backend";
import type { Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import { COMPUTES } from "./computes.ts";
import type { TensorFlow } from "./tensorflow.ts";

/** A layer whose weights are tensors of the backend that was active when it was made. */
export interface LoadedLayer {
  readonly layer: Layer;
  /** From [n, ...layer.input] to [n, ...layer.output], after the activation. */
  readonly apply: (input: Tensor4D) => Tensor4D;
  readonly weights: readonly (Tensor1D | Tensor2D | Tensor4D)[];
}

/**
 * The layers up to the classifier out of the library's fused operations: batch norm folded, bias and activation
 * inside the convolution. A pointwise layer is a convolution, since `fused.matMul` is slower on every
 * backend: `bench/forms.mjs` compares.
 */
export function buildNetwork(tf: TensorFlow, model: Model, weights: Weights): readonly LoadedLayer[] {
  const folded = foldBatchNorm(model, weights);
  return layersFor("tfjs", model, COMPUTES).map((layer) => {
    if (!isWeighted(layer)) return pool(tf, layer);
    const parameters = folded.get(layer.name);
    if (!parameters) throw new Error(`[backend-tfjs] layer ${layer.name} has no weights. Report it.`);
    return layer.type === "dense" ? dense(tf, layer, parameters) : convolution(tf, layer, parameters);
  });
}

function convolution(tf: TensorFlow, layer: WeightedLayer, { kernel, bias }: FoldedLayer): LoadedLayer {
  const [rows = 0, columns = 0, depth = 0, channels = 0] = kernelShape(layer);
  const filter = tf.tensor4d(kernel, [rows, columns, depth, channels]);
  const offset = tf.tensor1d(bias);
  const operation = layer.type === "depthwise" ? tf.fused.depthwiseConv2d : tf.fused.conv2d;
  const activation = layer.activation === "none" ? "linear" : layer.activation;
  const convolve = (x: Tensor4D, pad: "same" | "valid") =>
    operation({ x, filter, bias: offset, strides: layer.stride, pad, activation });
  const pad = explicitPadding(layer);
  return {
    layer,
    weights: [filter, offset],
    apply: (x) => {
      if (!pad) return convolve(x, "same");
      const padded = tf.pad(x, pad);
      const output = convolve(padded, "valid");
      padded.dispose();
      return output;
    },
  };
}

/**
 * The zeros around a layer's input, axis by axis; undefined where they are those of SAME. Not every backend of the
 * library takes other paddings as a part of its convolutions, so they are an operation of their own.
 */
function explicitPadding({ padding, kernel, stride, input: [height, width] }: Layer) {
  const { top, bottom, left, right } = padding;
  const rows = samePadding(height, kernel, stride);
  const columns = samePadding(width, kernel, stride);
  if (top === rows.before && left === columns.before) return undefined;
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ] satisfies [number, number][];
}

function pool(tf: TensorFlow, layer: Layer): LoadedLayer {
  return { layer, weights: [], apply: (x) => tf.avgPool(x, layer.kernel, 1, "valid") };
}

function dense(tf: TensorFlow, layer: WeightedLayer, { kernel, bias }: FoldedLayer): LoadedLayer {
  const [, , depth] = layer.input;
  const [, , classes] = layer.output;
  const b = tf.tensor2d(kernel, [depth, classes]);
  const offset = tf.tensor1d(bias);
  return {
    layer,
    weights: [b, offset],
    apply: (x) => {
      const [batch] = x.shape;
      const product = tf.fused.matMul({ a: tf.reshape(x, [batch, depth]), b, bias: offset });
      return tf.reshape(product, [batch, 1, 1, classes]);
    },
  };
}
