import type { Tensor } from "@mobilenet-bench/spec";
import type { Operation } from "../../graph/source-graph.ts";
import { quote } from "../../quote.ts";
import { vector } from "../tensors.ts";
import { CLIPS } from "./clips.ts";
import type { Constants } from "./constants.ts";
import type { NodeDef } from "./node-def.ts";
import { on, other, SECOND, type NodeReader, type Read } from "./node-reader.ts";
import { oddities, window } from "./window.ts";

/** Conv2D and DepthwiseConv2dNative; the fused ones have a bias, an activation or both behind them. */
export const convolution =
  (type: "convolution" | "depthwise"): NodeReader =>
  (node, constants) => {
    const odd = oddities(node);
    if (odd) return other(node, `a ${type} ${odd}`);
    const kernel = constants.tensor(node.inputs[SECOND]);
    if (kernel?.shape.length !== 4) return other(node, `a ${type} without a constant kernel [h, w, in, out]`);
    const [, , depth = 0, last = 0] = kernel.shape;
    const channels = type === "depthwise" ? depth * last : last;
    return fused(node, constants, channels, (bias) => ({ type, ...window(node), kernel, ...bias }));
  };

export const matMul: NodeReader = (node, constants) => {
  const { attributes, inputs } = node;
  const matrix = constants.tensor(inputs[SECOND]);
  if (attributes.boolean("transpose_a") || matrix?.shape.length !== 2)
    return other(node, "a matrix product that is no dense layer");
  const kernel = attributes.boolean("transpose_b") ? constants.derived(matrix, transposed) : matrix;
  return fused(node, constants, kernel.shape[1]!, (bias) => ({ type: "dense", kernel, ...bias }));
};

/** What the converter fuses into a convolution or a matrix product, in the order of computation. */
function fused(
  node: NodeDef,
  constants: Constants,
  channels: number,
  make: (bias: { readonly bias?: Float32Array }) => Operation,
): Read {
  const [first, ...rest] = node.attributes.strings("fused_ops");
  const values = first === "BiasAdd" ? constants.tensor(node.inputs[2]) : undefined;
  const bias = values && vector(values, channels, node.name);
  const after = first === "BiasAdd" ? rest : first === undefined ? [] : [first, ...rest];
  if (first === "BiasAdd" && !bias) return other(node, "a bias that is no constant");
  const steps = after.map(
    (name): Operation => CLIPS.get(name) ?? { type: "other", what: `a fused ${quote(name)}` },
  );
  return on(node, make(bias ? { bias } : {}), ...steps);
}

function transposed({ shape: [rows = 0, columns = 0], data }: Tensor): Tensor {
  const result = new Float32Array(data.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result[column * rows + row] = data[row * columns + column]!;
  return { shape: [columns, rows], data: result };
}
