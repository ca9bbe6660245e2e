import { parseModelName, SpecError, type Model } from "@mobilenet-bench/spec";
import type { Cell } from "../schema.ts";

/**
 * The network of a cell, with the classes that its parameters tell: names do not. Undefined where the model is none of this
 * family, or its parameters are those of another network of that name.
 */
export function networkOf({ model, params }: Pick<Cell, "model" | "params">): Model | undefined {
  const usual = parsed(model);
  if (!usual || usual.params === params) return usual;
  const depth = usual.layers.find(({ type }) => type === "dense")?.input[2] ?? 1;
  const classes = usual.classes + (params - usual.params) / depth;
  return Number.isInteger(classes) && classes >= 1 ? parsed(model, classes) : undefined;
}

function parsed(name: string, classes?: number): Model | undefined {
  try {
    return parseModelName(name, classes);
  } catch (error) {
    if (error instanceof SpecError) return undefined;
    throw error;
  }
}
