import {
  computedLayers,
  elements,
  foldBatchNorm,
  forward,
  inputLength,
  mapInputs,
  walk,
  type FoldedLayer,
  type FoldedWeights,
  type Inputs,
  type Layer,
  type Model,
} from "@mobilenet-bench/spec";
import type { Actual, Session, TypedBackend } from "./contract.ts";
import { SessionError } from "./errors.ts";
import { layerNamed } from "./layers.ts";
import { checkInputLength, resolveOptions } from "./options.ts";

/** Layers without weights. */
const NO_WEIGHTS: FoldedLayer = { kernel: new Float32Array(), bias: new Float32Array() };

/**
 * The definition of correct: the spec's float64 loops, from layer to layer in float64, rounded to float32 once at the
 * end. Its weights are the folded float32 tensors that every backend starts from, so that others differ from
 * it by the rounding of their computation alone.
 */
const OPTIONS = {};

export const reference: TypedBackend<typeof OPTIONS> = {
  id: "reference",
  summary: "float64 loops in plain TypeScript: the definition of correct, not fast",
  platforms: ["node", "browser"],
  options: OPTIONS,
  availability: () => Promise.resolve({ available: true }),
  load: async (model, weights, options) => {
    resolveOptions(reference, options);
    return new ReferenceSession(model, foldBatchNorm(model, weights));
  },
};

interface Computed {
  readonly output: Float64Array;
}

class ReferenceSession implements Session {
  readonly actual: Actual = { threads: 1, precision: "fp64", arithmetic: "fp64" };
  readonly #model: Model;
  readonly #weights: FoldedWeights;
  #disposed = false;

  constructor(model: Model, weights: FoldedWeights) {
    this.#model = model;
    this.#weights = weights;
  }

  infer(input: Float32Array): Promise<Float32Array> {
    return this.inferBatch(input, 1);
  }

  async inferBatch(input: Float32Array, batch: number): Promise<Float32Array> {
    this.#checkAlive();
    const perImage = inputLength(this.#model);
    checkInputLength(input, perImage, batch);
    const logits = new Float32Array(batch * this.#model.classes);
    for (let image = 0; image < batch; image++) {
      let last: Float64Array = new Float64Array();
      for (const { output } of this.#walk(input.subarray(image * perImage, (image + 1) * perImage)))
        last = output;
      logits.set(last, image * this.#model.classes);
    }
    return logits;
  }

  async inferLayer(name: string, ...inputs: Inputs<Float32Array>): Promise<Float32Array> {
    this.#checkAlive();
    const layer = layerNamed(computedLayers(this.#model), name);
    checkInputLength(inputs[0], elements(layer.input));
    return Float32Array.from(this.#forward(layer, inputs));
  }

  async layerOutputs(input: Float32Array): Promise<ReadonlyMap<string, Float32Array>> {
    this.#checkAlive();
    checkInputLength(input, inputLength(this.#model));
    const outputs = new Map<string, Float32Array>();
    for (const { layer, output } of this.#walk(input)) outputs.set(layer.name, Float32Array.from(output));
    return outputs;
  }

  async timeLayers(input: Float32Array): Promise<ReadonlyMap<string, number>> {
    this.#checkAlive();
    checkInputLength(input, inputLength(this.#model));
    const times = new Map<string, number>();
    for (const { layer, ms } of this.#walk(input)) times.set(layer.name, ms);
    return times;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
  }

  /** One inference, layer by layer, in float64 throughout. */
  #walk(input: Float32Array) {
    const image: Computed = { output: Float64Array.from(input) };
    return walk(computedLayers(this.#model), image, (layer, read: Inputs<Computed>) => {
      const start = performance.now();
      const output = this.#forward(
        layer,
        mapInputs(read, ({ output }) => output),
      );
      return { layer, output, ms: performance.now() - start };
    });
  }

  #forward(layer: Layer, inputs: Inputs<Float64Array | Float32Array>): Float64Array {
    const { kernel, bias } = this.#weights.get(layer.name) ?? NO_WEIGHTS;
    return forward(layer, kernel, bias, ...inputs);
  }

  #checkAlive() {
    if (this.#disposed) throw new SessionError("reference");
  }
}
