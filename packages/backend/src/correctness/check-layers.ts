import { mapInputs, type Layer, type Model, type Weights } from "@mobilenet-bench/spec";
import type { Session } from "../contract.ts";
import { compare, type Comparison } from "./compare.ts";
import { divergence, type Divergence, type LayerMode } from "./divergence.ts";
import { eachExpectedLayer, type Expected, type ExpectedLayer } from "./expect.ts";
import { precisionOf } from "./precision.ts";

export interface LayerComparison extends Comparison {
  readonly layer: string;
  readonly mode: LayerMode;
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
  for (const { layer, input, others, fed, chained } of expected) {
    if (session.inferLayer) {
      const inputs = mapInputs([input, ...others], (values) => values.slice());
      check(layer, "fed", await session.inferLayer(layer.name, ...inputs), fed);
    }
    if (outputs) check(layer, "chained", outputs.get(layer.name) ?? new Float32Array(), chained);
  }
  return { ok: first === undefined, comparisons, ...(first && { first }) };
}
