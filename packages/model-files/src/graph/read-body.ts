import {
  createModel,
  OUTPUT_STRIDES,
  samePadding,
  type Layer,
  type Model,
  type ModelConfig,
  type Tensor,
} from "@mobilenet-bench/spec";
import { AlphaRange } from "./alpha.ts";
import type { Normalized } from "./normalization.ts";
import { PADDING_RULES, readConvolution, RECTIFIERS } from "./read-convolution.ts";
import type { SourceNode } from "./source-graph.ts";
import type { Walk } from "./walk.ts";

export interface FoundBody {
  /** What tells the network from others of its α, resolution and classes. */
  readonly variant: Omit<Required<ModelConfig>, "alpha" | "resolution" | "classes" | "predictions">;
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

/** A network that the file may be, and the α that fit what was read of it. */
interface Candidate {
  readonly model: Model;
  readonly alpha: AlphaRange;
}

/** The full networks (α = 1), the most common first; the resolution plays no part in what is compared. */
const MODELS = OUTPUT_STRIDES.flatMap((outputStride) =>
  [
    { conv: false, shallow: false },
    { conv: false, shallow: true },
    { conv: true, shallow: false },
    { conv: true, shallow: true },
  ].map((variant) => createModel({ ...variant, outputStride, alpha: 1, resolution: 224 })),
);

/**
 * Reads all convolutions up to the pool, and finds out by their types, strides and channels which variant they make up,
 * and by all of them together which activation and padding it has.
 * @param resolution height and width of the input
 * @throws ModelFileError where a layer is none of any variant that is left
 */
export function readBody(walk: Walk, resolution: number): FoundBody {
  let candidates: readonly Candidate[] = MODELS.map((model) => ({ model, alpha: new AlphaRange() }));
  let paddings = PADDING_RULES;
  let activations = RECTIFIERS;
  const layers: Omit<FoundBody["layers"][number], "name">[] = [];
  let size = resolution;
  let channels = 3;
  for (let index = 0; ; index++) {
    const next = walk.peekBehindPads();
    const matching = candidates.filter(({ model }) => matches(model.layers[index], next));
    if (matching.length > 0) candidates = matching;
    const { model, alpha } = candidates[0]!;
    const layer = model.layers[index];
    if (!layer || layer.type === "pool") break;

    const found = readConvolution(
      walk,
      {
        layer: layer.name,
        type: layer.type === "depthwise" ? "depthwise" : "convolution",
        kernel: layer.kernel === 1 ? 1 : 3,
        stride: layer.stride,
        size,
        inputs: channels,
        outputs: alpha.thinned(layer.output[2]),
        paddings,
        activations,
      },
      (outputs) => {
        const fitting = candidates.filter((candidate) => fits(candidate, index, outputs));
        if (fitting.length > 0) candidates = fitting;
        return fitting.length > 0;
      },
    );
    walk.map(layer.name);
    layers.push({ kernel: found.kernel, normalized: found.normalized });
    ({ paddings, channels } = found);
    activations = [found.activation];
    size = samePadding(size, layer.kernel, layer.stride).output;
  }
  const { model, alpha } = candidates[0]!;
  const { conv, shallow, outputStride } = model;
  const [padding = model.padding] = paddings;
  const [activation = model.activation] = activations;
  return {
    variant: { conv, shallow, outputStride, padding, activation },
    alpha,
    size,
    channels,
    layers: layers.map((layer, index) => ({ ...layer, name: model.layers[index]!.name })),
  };
}

/** Whether a node may be the layer: what tells the variants apart beside channels, and no more. */
function matches(layer: Layer | undefined, node: SourceNode | undefined): boolean {
  const operation = node?.operation;
  if (operation?.type !== "convolution" && operation?.type !== "depthwise") return layer?.type === "pool";
  const isDepthwise = operation.type === "depthwise";
  return isDepthwise === (layer?.type === "depthwise") && operation.stride === layer?.stride;
}

/** Whether the layer of a candidate may have so many channels; what that says of its α is kept. */
function fits({ model, alpha }: Candidate, index: number, outputs: number): boolean {
  const layer = model.layers[index];
  return layer !== undefined && (layer.type === "depthwise" || alpha.narrow(layer.output[2], outputs));
}
