import type { Tensor } from "@mobilenet-bench/spec";
import { quote } from "../quote.ts";
import type { Operation, SourceNode } from "./source-graph.ts";

/** A node in the words of a message: `"conv1" (Conv2D)`. */
export function title({ name, operator }: Pick<SourceNode, "name" | "operator">): string {
  return `${quote(name)} (${quote(operator).slice(1, -1)})`;
}

/** An operation in the words of a message: "a depthwise 3×3 with 64 channels, stride 2". */
export function describe(operation: Operation): string {
  switch (operation.type) {
    case "convolution":
      return convolution("convolution", operation.kernel, operation.stride);
    case "depthwise":
      return convolution("depthwise", operation.kernel, operation.stride);
    case "dense": {
      const [inputs = "?", outputs = "?"] = operation.kernel.shape;
      return `a dense layer from ${inputs} to ${outputs}`;
    }
    case "average":
      return `a mean over ${operation.over} alone`;
    case "average-pool":
      return `an average pool of ${operation.height}×${operation.width}`;
    case "clip":
      return `a clip to ${operation.min}…${operation.max}`;
    case "reshape":
      return operation.shape
        ? `a reshape to [${operation.shape.map((size) => size ?? "?").join(", ")}]`
        : "a change of shape";
    case "other":
      return operation.what;
    case "input":
    case "pad":
    case "batch-norm":
    case "add":
    case "multiply":
    case "global-average":
    case "identity":
    case "softmax":
    case "sigmoid":
      return WORDS[operation.type];
  }
}

const WORDS = {
  input: "an input",
  pad: "a pad",
  "batch-norm": "a batch norm",
  add: "an addition of constants",
  multiply: "a multiplication with constants",
  "global-average": "a global average pool",
  identity: "an identity",
  softmax: "a softmax",
  sigmoid: "a sigmoid",
} as const;

function convolution(type: "convolution" | "depthwise", { shape }: Tensor, stride: number): string {
  const [height = "?", width = "?", depth = "?", last = "?"] = shape;
  const channels =
    type === "convolution"
      ? `from ${depth} to ${last} channels`
      : `with ${depth} channels${last === 1 ? "" : ` times ${last}`}`;
  return `a ${type} ${height}×${width} ${channels}, stride ${stride}`;
}
