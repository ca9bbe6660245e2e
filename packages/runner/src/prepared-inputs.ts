import { generateWeights } from "@mobilenet-bench/spec";
import { modelOf, type InputSource } from "./inputs.ts";
import type { OpenRequest, PrepareRequest } from "./jobs.ts";

/** Weights that were made ahead of `open`. */
export interface PreparedInputs {
  /** The source of what is to be opened, with those weights where they are its own. */
  sourceOf(request: Pick<OpenRequest, "model" | "source">): InputSource;
}

/** @throws SpecError where there is no such network */
export function prepareInputs({ model: named, seed }: PrepareRequest): PreparedInputs {
  const model = modelOf(named);
  const weights = seed === undefined ? undefined : generateWeights(model, seed);
  return {
    sourceOf({ model: asked, source }) {
      const other = modelOf(asked);
      const isSame = other.name === model.name && other.classes === model.classes && source.seed === seed;
      return weights === undefined || source.weights || !isSame ? source : { ...source, weights };
    },
  };
}
