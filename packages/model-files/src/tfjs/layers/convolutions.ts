import { z } from "zod";
import { NO_PADDING } from "../no-padding.ts";
import { tensorOfRank, vector } from "../tensors.ts";
import { activation } from "./activation.ts";
import { configOf, other, type LayerReader } from "./layer-reader.ts";
import type { LayerWeights } from "./layer-weights.ts";
import type { KerasLayer } from "./topology.ts";
import { oddities, window, windowConfig } from "./window.ts";

export const convolution: LayerReader = (layer, weights) => {
  const config = configOf(layer, windowConfig);
  const odd = oddities(config);
  if (odd) return other(`a convolution ${odd}`);
  const kernel = tensorOfRank(weights.find(layer, ["kernel"], 0), 4, layer.name);
  const bias = biasOf(layer, weights, config, 1, kernel.shape[3]!);
  return [{ type: "convolution", ...window(config), kernel, ...bias }, ...activation(config.activation)];
};

export const depthwise: LayerReader = (layer, weights) => {
  const config = configOf(layer, windowConfig);
  const odd = oddities(config);
  if (odd) return other(`a depthwise convolution ${odd}`);
  const kernel = tensorOfRank(weights.find(layer, ["depthwise_kernel", "kernel"], 0), 4, layer.name);
  const bias = biasOf(layer, weights, config, 1, kernel.shape[2]! * kernel.shape[3]!);
  return [{ type: "depthwise", ...window(config), kernel, ...bias }, ...activation(config.activation)];
};

/** A depthwise and a pointwise convolution with nothing between them. */
export const separable: LayerReader = (layer, weights) => {
  const config = configOf(layer, windowConfig);
  const odd = oddities(config);
  if (odd) return other(`a separable convolution ${odd}`);
  const depthwise = tensorOfRank(weights.find(layer, ["depthwise_kernel"], 0), 4, layer.name);
  const kernel = tensorOfRank(weights.find(layer, ["pointwise_kernel"], 1), 4, layer.name);
  const bias = biasOf(layer, weights, config, 2, kernel.shape[3]!);
  return [
    { type: "depthwise", ...window(config), kernel: depthwise },
    { type: "convolution", stride: 1, padding: NO_PADDING, kernel, ...bias },
    ...activation(config.activation),
  ];
};

const denseConfig = z.object({ activation: z.unknown(), use_bias: z.boolean().default(true) });

export const dense: LayerReader = (layer, weights) => {
  const config = configOf(layer, denseConfig);
  const kernel = tensorOfRank(weights.find(layer, ["kernel"], 0), 2, layer.name);
  const bias = biasOf(layer, weights, config, 1, kernel.shape[1]!);
  return [{ type: "dense", kernel, ...bias }, ...activation(config.activation)];
};

function biasOf(
  layer: KerasLayer,
  weights: LayerWeights,
  { use_bias }: { readonly use_bias: boolean },
  index: number,
  channels: number,
): { readonly bias?: Float32Array } {
  return use_bias ? { bias: vector(weights.find(layer, ["bias"], index), channels, layer.name) } : {};
}
