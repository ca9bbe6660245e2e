import { elements, isWeighted, type Model } from "@mobilenet-bench/spec";
import { layersOf } from "../comparison/common-layers.ts";

/** Of one element, by what sessions call their storage. */
const ELEMENT_BYTES: Readonly<Record<string, number>> = { fp64: 8, fp32: 4, fp16: 2, int8: 1 };
/** Biases keep it whatever the rest is stored in. */
const BIAS_BYTES = 4;

/**
 * What a layer, or fused ones, must at least move: input, weights and output once each. What fused layers hand to each other
 * is not in it.
 * @param name a layer, or `FIRST+SECOND`
 * @param precision of weights and activations in memory
 * @returns undefined where the network has no such layer, or the precision is unknown
 */
export function layerBytes(model: Model, name: string, precision: string): number | undefined {
  const size = Object.hasOwn(ELEMENT_BYTES, precision) ? ELEMENT_BYTES[precision] : undefined;
  const names = layersOf(name);
  const parts = names.flatMap((part) => model.layers.find((layer) => layer.name === part) ?? []);
  const [first, last] = [parts.at(0), parts.at(-1)];
  if (size === undefined || !first || !last || parts.length !== names.length) return undefined;
  const weights = parts.filter(isWeighted);
  const kernels = weights.reduce((sum, { params }) => sum + params, 0);
  const biases = weights.reduce((sum, { output: [, , channels] }) => sum + channels, 0);
  return (elements(first.input) + kernels + elements(last.output)) * size + biases * BIAS_BYTES;
}
