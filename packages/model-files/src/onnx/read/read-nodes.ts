import type { onnx } from "onnx-proto";
import type { SourceNode } from "../../graph/source-graph.ts";
import { Attributes } from "./attributes.ts";
import { Constants } from "./constants.ts";
import { CONVERTERS } from "./convert/converters.ts";
import { other, rankOf, type Converted, type Layout, type NodeView } from "./convert/node-view.ts";
import type { DecodedModel } from "./decode-model.ts";
import { readInput, transposedToNchw } from "./graph-input.ts";
import { ShapeValues } from "./shape-values.ts";
import { TensorBudget } from "./tensor.ts";

/** All constants of a graph, each as stored and as it is used: twice what files may have. */
const MAX_CONSTANT_BYTES = 512 * 1024 * 1024;
/** Domains of ONNX's own operators. */
const DOMAINS: ReadonlySet<string> = new Set(["", "ai.onnx"]);

interface Tensors {
  /** By name. */
  readonly initializers: ReadonlyMap<string, onnx.ITensorProto>;
  /** The values of those that lie in other files. */
  readonly external: ReadonlyMap<onnx.ITensorProto, Uint8Array>;
}

/** What is known of a graph while its nodes are read in order. */
type Context = Pick<NodeView, "constants" | "shapes" | "opset"> & {
  /** Of the activations so far, by value name. */
  readonly layouts: Map<string, Layout>;
};

/** The inputs and operators of a graph as operations on NHWC; what computes with constants and shapes alone is left out. */
export function readNodes(
  { graph, opsetImport }: DecodedModel,
  { initializers, external }: Tensors,
): readonly SourceNode[] {
  const protos = graph.node ?? [];
  const producers = new Map(
    protos.flatMap((node) => (node.output ?? []).map((name) => [name, node] as const)),
  );
  const budget = new TensorBudget(MAX_CONSTANT_BYTES);
  const constants = new Constants(initializers, producers, external, budget);
  const layouts = new Map<string, Layout>();
  const shapes = new ShapeValues(constants, producers, (value) => {
    const layout = layouts.get(value);
    return layout && rankOf(layout);
  });
  const opset = Number(opsetImport?.find(({ domain }) => DOMAINS.has(domain ?? ""))?.version ?? 0);
  const context: Context = { constants, shapes, opset, layouts };
  // Files of ONNX before 1.4 list their weights as inputs too.
  const inputs = (graph.input ?? []).filter(({ name }) => !initializers.has(name ?? ""));
  return [...readInputs(inputs, protos, context), ...protos.flatMap((proto) => readNode(proto, context))];
}

function readInputs(
  inputs: readonly onnx.IValueInfoProto[],
  protos: readonly onnx.INodeProto[],
  { layouts }: Context,
): readonly SourceNode[] {
  const transposed = transposedToNchw(protos);
  return inputs.map((input) => {
    const name = input.name ?? "";
    const { operation, layout = "nchw" } = readInput(input, transposed.has(name));
    layouts.set(name, layout);
    return { name, operator: "input", inputs: [], output: name, operation };
  });
}

function readNode(proto: onnx.INodeProto, { layouts, ...context }: Context): readonly SourceNode[] {
  const operator = proto.opType ?? "";
  const inputs = proto.input ?? [];
  const activations = inputs.filter((value) => layouts.has(value));
  const [activation] = activations;
  const [output, ...others] = proto.output ?? [];
  if (activation === undefined || output === undefined || operator === "Shape") return [];

  const layout = layouts.get(activation) ?? "nchw";
  const position = inputs.indexOf(activation);
  const view = { attributes: new Attributes(proto), inputs, position, layout, ...context };
  const converted =
    activations.length === 1 ? convert(proto, view) : other(`an operation on ${activations.length} branches`);
  layouts.set(output, converted.layout ?? layout);
  const node = { name: proto.name || output, operator, inputs: activations };
  return [
    { ...node, output, operation: converted.operation },
    ...others
      .filter((value) => value !== "")
      .map((value) => ({ ...node, output: value, operation: other("a second output").operation })),
  ];
}

function convert({ domain, opType }: onnx.INodeProto, view: NodeView): Converted {
  if (!DOMAINS.has(domain ?? "")) return other("an operator that is none of ONNX's own");
  const converter = CONVERTERS.get(opType ?? "");
  return converter ? converter(view) : other("an operator that no MobileNet V1 has");
}
