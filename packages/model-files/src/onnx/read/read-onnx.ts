import onnxProto, { type onnx } from "onnx-proto";
import type { ReadGraph } from "../../files/format.ts";
import { aboutFromProps } from "../about-props.ts";
import { Attributes } from "./attributes.ts";
import { decodeModel } from "./decode-model.ts";
import { Evaluation, opsetOf } from "./evaluate.ts";
import { readExternalData } from "./external-data.ts";
import { readInput, transposedToNchw } from "./graph-input.ts";
import { refuseQuantized } from "./operators.ts";
import { Scope } from "./scope.ts";

const DOUBLE: number = onnxProto.onnx.TensorProto.DataType.DOUBLE;

/** An `.onnx` file of any opset, with its external data if it has any. */
export const readOnnx: ReadGraph = async (files, name, { resolution } = {}) => {
  const { graph, functions, opsetImport, metadataProps } = decodeModel(await files.read(name));
  const protos = graph.node ?? [];
  refuseQuantized([...protos, ...(functions ?? []).flatMap(({ node }) => node ?? [])]);
  const initializers = graph.initializer ?? [];
  const tensors = [...initializers, ...constantNodes(graph)];
  const evaluation = new Evaluation(functions ?? [], await readExternalData(tensors, files));
  const scope = new Scope(initializers);
  const transposed = transposedToNchw(protos);
  const stored = new Set(initializers.map((tensor) => tensor.name));
  for (const input of graph.input ?? []) {
    const value = input.name ?? "";
    // Files of ONNX before 1.4 list their weights as inputs too.
    if (stored.has(value)) continue;
    const { operation, layout } = readInput(input, transposed.has(value), resolution);
    scope.set(value, evaluation.input(value, operation, layout));
  }
  evaluation.run(protos, { scope, opset: opsetOf(opsetImport) ?? 0, depth: 0 });
  return {
    format: "ONNX",
    nodes: evaluation.nodes,
    outputs: (graph.output ?? []).map((output) => {
      const value = evaluation.value(output.name ?? "", scope);
      return value?.type === "activation" ? value.output : (output.name ?? "");
    }),
    about: aboutFromProps(new Map(metadataProps?.map(({ key, value }) => [key ?? "", value ?? ""]))),
    notes: notesOnPrecision(tensors),
  };
};

function constantNodes({ node: nodes }: onnx.IGraphProto): readonly onnx.ITensorProto[] {
  return (nodes ?? []).flatMap((node) => {
    const tensor = node.opType === "Constant" ? new Attributes(node).tensor("value") : undefined;
    return tensor ? [tensor] : [];
  });
}

function notesOnPrecision(tensors: readonly onnx.ITensorProto[]): readonly string[] {
  const doubles = tensors.filter(({ dataType, dims }) => dataType === DOUBLE && dims?.length).length;
  return doubles > 0 ? [`${doubles} tensors are float64 in the file: they were rounded to float32.`] : [];
}
