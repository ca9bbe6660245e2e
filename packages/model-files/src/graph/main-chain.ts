import { ModelFileError } from "../error.ts";
import { quote } from "../quote.ts";
import { title } from "./describe.ts";
import type { SourceGraph, SourceNode } from "./source-graph.ts";

/** A file may show every layer. */
const MAX_OUTPUTS = 100;

/**
 * The nodes from the input to the result, in the order of computation. Of several results the one with the most nodes
 * before it, such as the classes beside a layer of features.
 * @throws ModelFileError where it branches, has a loop or does not start at an input
 */
export function mainChain(graph: SourceGraph): readonly SourceNode[] {
  const producers = new Map(graph.nodes.map((node) => [node.output, node]));
  if (producers.size !== graph.nodes.length) throw malformed("two nodes compute the same value");
  if (graph.outputs.length > MAX_OUTPUTS) throw malformed(`it names ${graph.outputs.length} results`);
  const chains = graph.outputs.map((output) => chainTo(output, producers));
  const longest = chains.reduce<readonly SourceNode[]>((a, b) => (b.length > a.length ? b : a), []);
  if (longest.length === 0) throw malformed("it names no result");
  return longest;
}

function chainTo(output: string, producers: ReadonlyMap<string, SourceNode>): readonly SourceNode[] {
  const chain: SourceNode[] = [];
  for (let value: string | undefined = output; value !== undefined;) {
    const node = producers.get(value);
    if (!node) throw malformed(`nothing computes ${quote(value)}`);
    if (node.inputs.length > 1)
      throw new ModelFileError(
        `node ${title(node)} joins ${node.inputs.length} branches, and a MobileNet V1 is one chain of layers`,
        `${networksWith(node.operator)}: import a MobileNet V1`,
      );
    if (chain.length === producers.size) throw malformed(`${quote(node.name)} depends on itself`);
    chain.push(node);
    value = node.inputs[0];
  }
  return chain.toReversed();
}

/** What is known for branches that are joined like this. */
function networksWith(operator: string): string {
  if (operator.startsWith("Add"))
    return "Branches that are added are those of MobileNet V2, ResNet and others";
  if (operator.startsWith("Mul"))
    return "Branches that are multiplied are those of MobileNet V3, EfficientNet and others";
  if (operator.startsWith("Concat"))
    return "Branches that are put side by side are those of SqueezeNet, Inception, DenseNet and others";
  return "Networks with branches, such as MobileNet V2, cannot be read";
}

function malformed(fact: string) {
  return new ModelFileError(`the file holds no proper network: ${fact}`, "Export the model again");
}
