import onnxProto, { type onnx } from "onnx-proto";
import type { ReadGraph } from "../../files/format.ts";
import { aboutFromProps } from "../about-props.ts";
import { Attributes } from "./attributes.ts";
import { decodeModel } from "./decode-model.ts";
import { readExternalData } from "./external-data.ts";
import { readNodes } from "./read-nodes.ts";

const DOUBLE: number = onnxProto.onnx.TensorProto.DataType.DOUBLE;

/** An `.onnx` file of any opset, with its external data if it has any. */
export const readOnnx: ReadGraph = async (files, name) => {
  const model = decodeModel(await files.read(name));
  const { graph, metadataProps } = model;
  const initializers = graph.initializer ?? [];
  const tensors = [...initializers, ...constantNodes(graph)];
  const nodes = readNodes(model, {
    initializers: new Map(initializers.map((tensor) => [tensor.name ?? "", tensor])),
    external: await readExternalData(tensors, files),
  });
  return {
    format: "ONNX",
    nodes,
    outputs: (graph.output ?? []).map((output) => output.name ?? ""),
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
  const doubles = tensors.filter(({ dataType }) => dataType === DOUBLE).length;
  return doubles > 0 ? [`${doubles} tensors are float64 in the file: they were rounded to float32.`] : [];
}
