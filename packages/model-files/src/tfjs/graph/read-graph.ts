import { z } from "zod";
import type { SourceGraph, SourceNode } from "../../graph/source-graph.ts";
import type { ModelJson } from "../model-json.ts";
import type { StoredWeights } from "../weights.ts";
import { Constants } from "./constants.ts";
import { outputName, readNodes, type NodeDef } from "./node-def.ts";
import { readNode } from "./operations.ts";

const GRAPH_FORMAT = "TensorFlow.js graph model";

const signatureSchema = z.object({ outputs: z.record(z.string(), z.object({ name: z.string() })) });

/** The graph of a graph model: TensorFlow's own, frozen, mostly with batch norm folded by the converter. */
export function readGraph({ modelTopology, signature }: ModelJson, { tensors }: StoredWeights): SourceGraph {
  const defs = readNodes(modelTopology);
  const constants = new Constants(defs, tensors);
  const nodes = [...defs.values()].flatMap((def) => (def.op === "Const" ? [] : sourceNodes(def, constants)));
  return { format: GRAPH_FORMAT, nodes, outputs: outputsOf(defs, signature) };
}

function sourceNodes(def: NodeDef, constants: Constants): readonly SourceNode[] {
  const { operations, inputs } = readNode(def, constants);
  return operations.map((operation, step) => ({
    name: def.name,
    operator: def.op,
    inputs: step === 0 ? inputs : [stepOutput(def.name, step - 1)],
    output: step === operations.length - 1 ? def.name : stepOutput(def.name, step),
    operation,
  }));
}

/** Those of the signature; without one, the nodes that no other uses. */
function outputsOf(defs: ReadonlyMap<string, NodeDef>, signature: unknown): readonly string[] {
  const named = signatureSchema.safeParse(signature);
  if (named.success) return Object.values(named.data.outputs).map(({ name }) => outputName(name));
  const used = new Set([...defs.values()].flatMap(({ inputs }) => inputs));
  return [...defs.values()]
    .filter(({ name, op }) => op !== "Const" && !used.has(name))
    .map(({ name }) => name);
}

/** Values within a fused operator; TensorFlow allows no such character in a name. */
function stepOutput(name: string, step: number) {
  return `${name}\0${step}`;
}
