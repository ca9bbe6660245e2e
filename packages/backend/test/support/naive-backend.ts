import { computedLayers, elements, foldBatchNorm, inputLength, type Layer } from "@mobilenet-bench/spec";
import { checkInputLength, layerNamed, resolveOptions, SessionError, type Backend } from "../../src/index.ts";
import { computeWith, type Mutant } from "./mutants.ts";
import { computationOf, SINGLE, type Rounding } from "./naive.ts";

/** The naive loops as a backend; where asked for, with a mistake in one layer. */
export function naiveBackend(
  fault?: { readonly mutant: Mutant; readonly layer: string },
  rounding: Rounding = SINGLE,
): Backend {
  const backend: Backend = {
    id: "naive",
    summary: "plain loops, rounded after every operation",
    platforms: ["node"],
    options: {},
    availability: () => Promise.resolve({ available: true }),
    load: async (model, weights, options) => {
      resolveOptions(backend, options);
      const folded = foldBatchNorm(model, weights);
      const layers = computedLayers(model);
      const nothing = new Float32Array();
      let disposed = false;
      const compute = (layer: Layer, input: Float32Array) => {
        const mutant = fault?.layer === layer.name ? fault.mutant : undefined;
        const right = computationOf(layer, folded.get(layer.name) ?? { kernel: nothing, bias: nothing });
        return computeWith(mutant, right, input, rounding);
      };
      const layerOutputs = async (input: Float32Array) => {
        if (disposed) throw new SessionError("naive");
        checkInputLength(input, inputLength(model));
        const outputs = new Map<string, Float32Array>();
        let x = input;
        for (const layer of layers) outputs.set(layer.name, (x = compute(layer, x)));
        return outputs;
      };
      return {
        actual: { threads: 1, precision: rounding === SINGLE ? "fp32" : "fp16" },
        infer: async (input) => [...(await layerOutputs(input)).values()].at(-1) ?? nothing,
        layerOutputs,
        inferLayer: async (name, input) => {
          if (disposed) throw new SessionError("naive");
          const layer = layerNamed(layers, name);
          checkInputLength(input, elements(layer.input));
          return compute(layer, input);
        },
        dispose: async () => {
          disposed = true;
        },
      };
    },
  };
  return backend;
}
