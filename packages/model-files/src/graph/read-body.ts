import { createModel, samePadding, type Layer, type Tensor } from "@mobilenet-bench/spec";
import { AlphaRange } from "./alpha.ts";
import type { Normalized } from "./normalization.ts";
import { readConvolution } from "./read-convolution.ts";
import type { SourceNode } from "./source-graph.ts";
import type { Walk } from "./walk.ts";

export interface FoundBody {
  readonly conv: boolean;
  readonly shallow: boolean;
  /** The α that fit the channels of all layers. */
  readonly alpha: AlphaRange;
  /** Height and width that come out. */
  readonly size: number;
  readonly channels: number;
  readonly layers: readonly {
    readonly name: string;
    readonly kernel: Tensor;
    readonly normalized: Normalized;
  }[];
}

/** The full networks (α = 1), the most common first; the resolution plays no part in what is compared. */
const VARIANTS = [
  { conv: false, shallow: false },
  { conv: false, shallow: true },
  { conv: true, shallow: false },
  { conv: true, shallow: true },
].map((variant) => createModel({ ...variant, alpha: 1, resolution: 224 }));

/**
 * Reads all convolutions up to the pool, and finds out by their types and strides which variant they make up.
 * @param resolution height and width of the input
 * @throws ModelFileError where a layer is none of any variant that is left
 */
export function readBody(walk: Walk, resolution: number): FoundBody {
  const alpha = new AlphaRange();
  const layers: FoundBody["layers"][number][] = [];
  let variants: readonly (typeof VARIANTS)[number][] = VARIANTS;
  let size = resolution;
  let channels = 3;
  for (let index = 0; ; index++) {
    const next = walk.peekBehindPads();
    const matching = variants.filter((variant) => matches(variant.layers[index], next));
    if (matching.length > 0) variants = matching;
    const [variant] = variants;
    const layer = variant?.layers[index];
    if (!variant || !layer || layer.type === "pool") break;

    const width = layer.output[2];
    const found = readConvolution(
      walk,
      {
        layer: layer.name,
        type: layer.type === "depthwise" ? "depthwise" : "convolution",
        kernel: layer.kernel === 1 ? 1 : 3,
        stride: layer.stride,
        size,
        inputs: channels,
        outputs: alpha.thinned(width),
      },
      (outputs) => layer.type === "depthwise" || alpha.narrow(width, outputs),
    );
    walk.map(layer.name);
    layers.push({ name: layer.name, kernel: found.kernel, normalized: found.normalized });
    channels = found.channels;
    size = samePadding(size, layer.kernel, layer.stride).output;
  }
  const { conv = false, shallow = false } = variants[0] ?? {};
  return { conv, shallow, alpha, size, channels, layers };
}

/** Whether a node may be the layer: what tells the variants apart, and no more. */
function matches(layer: Layer | undefined, node: SourceNode | undefined): boolean {
  const operation = node?.operation;
  if (operation?.type !== "convolution" && operation?.type !== "depthwise") return layer?.type === "pool";
  const isDepthwise = operation.type === "depthwise";
  return isDepthwise === (layer?.type === "depthwise") && operation.stride === layer?.stride;
}
