import type { Operation } from "../../graph/source-graph.ts";
import { quote } from "../../quote.ts";
import { other } from "./layer-reader.ts";

/** By the names of Keras; absent is linear. */
export function activation(name: unknown): readonly Operation[] {
  switch (name ?? "linear") {
    case "linear":
      return [];
    case "relu":
      return [{ type: "clip", min: 0, max: Infinity }];
    case "relu6":
      return [{ type: "clip", min: 0, max: 6 }];
    case "softmax":
    case "sigmoid":
      return [{ type: name === "sigmoid" ? "sigmoid" : "softmax" }];
    default:
      return other(typeof name === "string" ? `the activation ${quote(name)}` : "an activation of its own");
  }
}
