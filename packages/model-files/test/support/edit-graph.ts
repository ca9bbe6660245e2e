import { writeFile } from "node:fs/promises";
import path from "node:path";
import { exportOnnx } from "@mobilenet-bench/model-files/onnx";
import { createModel, generateWeights, type ModelConfig } from "@mobilenet-bench/spec";
import { SourceFiles } from "../../src/files/source-files.ts";
import type { Operation, SourceGraph, SourceNode } from "../../src/graph/source-graph.ts";
import { readOnnx } from "../../src/onnx/read/read-onnx.ts";
import { inFolder } from "./models.ts";

/** A proper network, unfolded. */
export async function graphOf(config: ModelConfig): Promise<SourceGraph> {
  const model = createModel(config);
  const bytes = exportOnnx(model, generateWeights(model), { batchNorm: true, softmax: true });
  return inFolder(async (folder) => {
    await writeFile(path.join(folder, "model.onnx"), bytes);
    return readOnnx(new SourceFiles(folder), "model.onnx");
  });
}

/** The graph with the operation of a node replaced. */
export function withOperation(
  graph: SourceGraph,
  name: string,
  change: (operation: Operation) => Operation,
): SourceGraph {
  if (!graph.nodes.some((node) => node.name === name)) throw new Error(`No node ${name}.`);
  const nodes = graph.nodes.map((node) =>
    node.name === name ? { ...node, operation: change(node.operation) } : node,
  );
  return { ...graph, nodes };
}

/** The graph with a node in front of another, on its way from the input. */
export function withNodeBefore(
  graph: SourceGraph,
  name: string,
  added: Pick<SourceNode, "name" | "operator" | "operation">,
): SourceGraph {
  const output = `${added.name}:0`;
  const nodes = graph.nodes.flatMap((node): readonly SourceNode[] =>
    node.name === name
      ? [
          { ...added, inputs: node.inputs, output },
          { ...node, inputs: [output] },
        ]
      : [node],
  );
  return { ...graph, nodes };
}

/** The graph without a node. */
export function without(graph: SourceGraph, name: string): SourceGraph {
  const removed = graph.nodes.find((node) => node.name === name);
  const nodes = graph.nodes
    .filter((node) => node !== removed)
    .map((node) => ({
      ...node,
      inputs: node.inputs.map((input) => (input === removed?.output ? (removed.inputs[0] ?? "") : input)),
    }));
  return { ...graph, nodes };
}

/** A change of operations of one type. */
export const edit =
  <T extends Operation["type"]>(type: T, change: (operation: Extract<Operation, { type: T }>) => Operation) =>
  (operation: Operation): Operation => {
    if (!isOf(operation, type)) throw new Error(`A ${operation.type}, not ${type}.`);
    return change(operation);
  };
function isOf<T extends Operation["type"]>(
  operation: Operation,
  type: T,
): operation is Extract<Operation, { type: T }> {
  return operation.type === type;
}
