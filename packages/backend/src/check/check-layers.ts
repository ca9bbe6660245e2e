import type { Layer, Model, Weights } from "@mobilenet-bench/spec";
import type { Session } from "../contract.ts";
import { compare, type Comparison } from "./compare.ts";
import { eachExpectedLayer, type Expected, type ExpectedLayer } from "./expect.ts";
import { precisionOf } from "./precision.ts";

/** `fed`: the layer alone, on the reference's input. `chained`: within one inference. */
export type LayerMode = "fed" | "chained";

export interface LayerComparison extends Comparison {
  readonly layer: string;
  readonly mode: LayerMode;
}

/** The worst element of a wrong layer. */
export interface Divergence {
  readonly layer: string;
  readonly mode: LayerMode;
  /** Row, column and channel; absent where the length is wrong. */
  readonly position?: readonly [y: number, x: number, c: number];
  readonly expected?: number;
  readonly actual?: number;
  readonly bound: number;
  readonly reason: string;
}

export interface LayersCheck {
  readonly ok: boolean;
  /** Layers in order; of one layer first fed, then chained. Empty where the session has neither ability. */
  readonly comparisons: readonly LayerComparison[];
  /** The first layer that is wrong. */
  readonly first?: Divergence;
}

/**
 * Checks every layer of a session in both modes, as far as it has the abilities `inferLayer` and
 * `layerOutputs`. A layer that is wrong when fed computes wrongly; one that is wrong in the chain alone gets
 * or leaves its data in the wrong place.
 */
export async function checkLayers(
  session: Session,
  model: Model,
  weights: Weights,
  input: Float32Array,
): Promise<LayersCheck> {
  const expected = eachExpectedLayer(model, weights, input, precisionOf(session.actual));
  return compareLayers(session, input, expected);
}

/** {@link checkLayers} with what the layers must compute known already. */
export async function compareLayers(
  session: Session,
  image: Float32Array,
  expected: Iterable<ExpectedLayer>,
): Promise<LayersCheck> {
  const comparisons: LayerComparison[] = [];
  let first: Divergence | undefined;
  const check = (layer: Layer, mode: LayerMode, actual: Float32Array, expected: Expected) => {
    const comparison = compare(actual, expected);
    comparisons.push({ layer: layer.name, mode, ...comparison });
    if (!comparison.ok) first ??= divergence(layer, mode, actual, expected, comparison);
  };
  const outputs = await session.layerOutputs?.(image);
  for (const { layer, input, fed, chained } of expected) {
    if (session.inferLayer) check(layer, "fed", await session.inferLayer(layer.name, input.slice()), fed);
    if (outputs) check(layer, "chained", outputs.get(layer.name) ?? new Float32Array(), chained);
  }
  return { ok: first === undefined, comparisons, ...(first && { first }) };
}

function divergence(
  layer: Layer,
  mode: LayerMode,
  actual: Float32Array,
  { values }: Expected,
  { bound, worstIndex, reason = "" }: Comparison,
): Divergence {
  const wrong = { layer: layer.name, mode, bound };
  if (worstIndex < 0) return { ...wrong, reason: `Layer ${layer.name} is wrong (${mode}): ${reason}` };
  const [, width, channels] = layer.output;
  const pixel = Math.floor(worstIndex / channels);
  const position = [Math.floor(pixel / width), pixel % width, worstIndex % channels] as const;
  return {
    ...wrong,
    position,
    expected: values[worstIndex]!,
    actual: actual[worstIndex]!,
    reason: `Layer ${layer.name} is wrong (${mode}) at [${position.join(", ")}]: ${actual[worstIndex]}, expected ${values[worstIndex]} ± ${bound.toExponential(2)}.`,
  };
}
