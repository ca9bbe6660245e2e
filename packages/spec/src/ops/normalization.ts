import { INPUT, type Layer, type Operation, type ResponseNormalization, type Shape } from "../graph/index.ts";
import { makeLayer } from "./make-layer.ts";

/** Local response normalization across channels. */
export function normalizationLayer(
  name: string,
  input: Shape,
  normalization: ResponseNormalization,
  inputs: readonly string[] = [INPUT],
): Layer {
  return makeLayer({ name, type: "normalization", inputs, input, normalization });
}

/**
 * y = x / (k + α/n · Σ x²)^β over n neighbouring channels: A. Krizhevsky et al., ImageNet Classification with Deep
 * Convolutional Neural Networks, section 3.3, with α divided by n, as Caffe and ONNX have it.
 */
export const normalization: Operation = {
  linear({ input: [, , channels], normalization }, _kernel, _bias, [input]) {
    if (!normalization) return input.slice();
    const { size, alpha, beta, bias } = normalization;
    return input.map((value, i) => {
      const c = i % channels;
      let squares = 0;
      for (const other of neighbours(c, size, channels)) squares += input[i - c + other]! ** 2;
      return value / (bias + (alpha / size) * squares) ** beta;
    });
  },
};

/** The channels that one is normalized by, itself among them. */
export function neighbours(channel: number, size: number, channels: number): number[] {
  const first = Math.max(0, channel - Math.floor((size - 1) / 2));
  const last = Math.min(channels - 1, channel + Math.ceil((size - 1) / 2));
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
