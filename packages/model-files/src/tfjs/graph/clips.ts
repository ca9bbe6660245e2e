import type { Operation } from "../../graph/source-graph.ts";

/** Activations by TensorFlow's names, as operators of their own and as fused ones. */
export const CLIPS: ReadonlyMap<string, Operation> = new Map([
  ["Relu", { type: "clip", min: 0, max: Infinity }],
  ["Relu6", { type: "clip", min: 0, max: 6 }],
]);
