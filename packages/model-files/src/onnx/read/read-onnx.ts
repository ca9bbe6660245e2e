import type { onnx } from "onnx-proto";
import type { ReadGraph } from "../../files/format.ts";
import type { SourceGraph, SourceNode } from "../../graph/source-graph.ts";
import { aboutFromProps } from "../about-props.ts";
import { Constants } from "./constants.ts";
import { CONVERTERS } from "./convert/converters.ts";
import { other, rankOf, type Converted, type Layout, type NodeView } from "./convert/node-view.ts";
import { Attributes } from "./attributes.ts";
import { decodeModel, type DecodedModel } from "./decode-model.ts";
import { readExternalData } from "./external-data.ts";
import { readInput, transposedToNchw } from "./graph-input.ts";
import { ShapeValues } from "./shape-values.ts";
import { TensorBudget } from "./tensor.ts";

/** All constants of a graph, each as stored and as it is used: twice what files may have. */
const MAX_CONSTANT_BYTES = 512 * 1024 * 1024;
/** Domains of ONNX's own operators. */
const DOMAINS: ReadonlySet<string> = new Set(["", "ai.onnx"]);

/** An `.onnx` file of any opset, with its external data if it has any. */
export const readOnnx: ReadGraph = async (files, name) => {
  const model = decodeModel(await files.read(name));
  const tensors = new Map<string, onnx.ITensorProto>();
  for (const tensor of model.graph.initializer ?? []) tensors.set(tensor.name ?? "", tensor);
  const all = [...tensors.values(), ...constantNodes(model.graph)];
  return toSourceGraph(model, tensors, await readExternalData(all, files));
};

function constantNodes({ node: nodes }: onnx.IGraphProto): readonly onnx.ITensorProto[] {
  return (nodes ?? []).flatMap((node) => {
    const tensor = node.opType === "Constant" ? new Attributes(node).tensor("value") : undefined;
    return tensor ? [tensor] : [];
  });
}

function toSourceGraph(
  { graph, opsetImport, metadataProps }: DecodedModel,
  tensors: ReadonlyMap<string, onnx.ITensorProto>,
  external: ReadonlyMap<onnx.ITensorProto, Uint8Array>,
): SourceGraph {
  const protos = graph.node ?? [];
  const producers = new Map(
    protos.flatMap((node) => (node.output ?? []).map((name) => [name, node] as const)),
  );
  const constants = new Constants(tensors, producers, external, new TensorBudget(MAX_CONSTANT_BYTES));
  const layouts = new Map<string, Layout>();
  const shapes = new ShapeValues(constants, producers, (value) => {
    const layout = layouts.get(value);
    return layout && rankOf(layout);
  });
  const opset = Number(opsetImport?.find(({ domain }) => DOMAINS.has(domain ?? ""))?.version ?? 0);

  const transposed = transposedToNchw(protos);
  const nodes: SourceNode[] = [];
  for (const input of graph.input ?? []) {
    const value = input.name ?? "";
    // Files of ONNX before 1.4 list their weights as inputs too.
    if (tensors.has(value)) continue;
    const { operation, layout = "nchw" } = readInput(input, transposed.has(value));
    nodes.push({ name: value, operator: "input", inputs: [], output: value, operation });
    layouts.set(value, layout);
  }
  for (const proto of protos) {
    const inputs = proto.input ?? [];
    const activations = inputs.filter((value) => layouts.has(value));
    const [activation] = activations;
    // What computes with constants and shapes alone is understood where it is used.
    if (activation === undefined || proto.opType === "Shape") continue;
    const layout = layouts.get(activation) ?? "nchw";
    const attributes = new Attributes(proto);
    const position = inputs.indexOf(activation);
    const view = {
      operator: proto.opType ?? "",
      attributes,
      inputs,
      position,
      layout,
      opset,
      constants,
      shapes,
    };
    const converted =
      activations.length === 1
        ? convert(proto, view)
        : other(`an operation on ${activations.length} branches`);
    const [output, ...others] = proto.output ?? [];
    const node = { name: proto.name || (output ?? ""), operator: proto.opType ?? "", inputs: activations };
    if (output !== undefined) {
      nodes.push({ ...node, output, operation: converted.operation });
      layouts.set(output, converted.layout ?? layout);
    }
    for (const extra of others.filter((value) => value !== ""))
      nodes.push({ ...node, output: extra, operation: other("a second output").operation });
  }
  return {
    format: "ONNX",
    nodes,
    outputs: (graph.output ?? []).map(({ name }) => name ?? ""),
    about: aboutFromProps(new Map(metadataProps?.map(({ key, value }) => [key ?? "", value ?? ""]))),
  };
}

function convert({ domain, opType }: onnx.INodeProto, view: NodeView): Converted {
  if (!DOMAINS.has(domain ?? "")) return other("an operator that is none of ONNX's own");
  const converter = CONVERTERS.get(opType ?? "");
  return converter ? converter(view) : other("an operator that no MobileNet V1 has");
}
