import { SpecError } from "../error.ts";
import { INPUT, PREDICTIONS, type Layer, type Prediction } from "./layer.ts";
import type { Shape } from "./shape.ts";

/** A graph of operations: from one picture to the output of one layer. */
export interface Network {
  readonly name: string;
  /** Each behind those that it reads. */
  readonly layers: readonly Layer[];
  /** Of what the network is given. */
  readonly input: Shape;
  /** The layer whose output is the network's. */
  readonly output: string;
  /** Multiply–accumulates of one inference at batch 1, as the paper counts them. */
  readonly multAdds: number;
  /** Kernel elements of convolutions and dense layers; no biases, no batch norm. */
  readonly params: number;
}

/**
 * The network of these layers, the last of which is its output.
 * @throws SpecError where two have one name, where one reads what does not stand before it, or where the shapes do not
 * fit
 */
export function createNetwork(name: string, input: Shape, layers: readonly Layer[]): Network {
  const shapes = new Map<string, Shape>([[INPUT, input]]);
  for (const layer of layers) {
    if (shapes.has(layer.name))
      throw new SpecError(`network ${name} has two layers "${layer.name}". Give each a name of its own.`);
    for (const read of layer.inputs)
      if (!shapes.has(read))
        throw new SpecError(
          `layer "${layer.name}" of ${name} reads "${read}", which does not stand before it. Name "${INPUT}" or a layer before it.`,
        );
    const [first = INPUT] = layer.inputs;
    if (shapes.get(first)?.join() !== layer.input.join())
      throw new SpecError(
        `layer "${layer.name}" of ${name} takes [${layer.input.join(", ")}], but "${first}" is [${shapes.get(first)?.join(", ")}]. Make it for that shape.`,
      );
    shapes.set(layer.name, layer.output);
  }
  const last = layers.at(-1);
  if (!last) throw new SpecError(`network ${name} has no layer. Give it at least one.`);
  const multAdds = layers.reduce((sum, layer) => sum + layer.multAdds, 0);
  const params = layers.reduce((sum, layer) => sum + layer.params, 0);
  return { name, layers, input, output: last.name, multAdds, params };
}

/** The layers that sessions compute: all but what makes probabilities of logits, since errors show in these. */
export function computedLayers({ layers }: Pick<Network, "layers">): readonly ComputedLayer[] {
  return layers.filter(isComputed);
}

/** A layer that sessions compute. */
export interface ComputedLayer extends Layer {
  readonly type: Exclude<Layer["type"], Prediction>;
}

export function isComputed(layer: Layer): layer is ComputedLayer {
  return PREDICTIONS.every((type) => type !== layer.type);
}

/** The layer of this name; undefined where the network has none. */
export function findLayer({ layers }: Pick<Network, "layers">, name: string): Layer | undefined {
  return layers.find((layer) => layer.name === name);
}
