import type { onnx } from "onnx-proto";
import { ModelFileError } from "../../error.ts";
import { quote } from "../../quote.ts";

type Nodes = readonly onnx.INodeProto[];

/**
 * The nodes of a graph so that each stands behind those whose values it uses. ONNX demands that of files, and tools that
 * edit them forget it. What is in order stays as it is.
 * @param isGiven whether a name stands for something that no node of the graph has to compute
 * @throws ModelFileError where nodes wait for each other
 */
export function inOrder(nodes: Nodes, isGiven: (name: string) => boolean): Nodes {
  const makers = new Map<string, number>();
  for (const [index, { output }] of nodes.entries())
    for (const name of output ?? []) if (!makers.has(name) && !isGiven(name)) makers.set(name, index);
  const ordered: onnx.INodeProto[] = [];
  const begun = new Set<number>();
  const done = new Set<number>();
  for (const first of nodes.keys()) {
    // Not by recursion: a file may have more nodes in a row than there is stack.
    const waiting = done.has(first) ? [] : [first];
    for (let index = waiting.at(-1); index !== undefined; index = waiting.at(-1)) {
      const node = nodes[index];
      if (begun.has(index) || !node) {
        waiting.pop();
        if (node && !done.has(index)) ordered.push(node);
        done.add(index);
        continue;
      }
      begun.add(index);
      for (const name of usedBy(node).toReversed()) {
        const maker = makers.get(name);
        if (maker === undefined || maker === index || done.has(maker)) continue;
        if (begun.has(maker)) throw circle(node);
        waiting.push(maker);
      }
    }
  }
  return ordered;
}

/** Also what its branches use of the graph around them. */
function usedBy({ input, attribute }: onnx.INodeProto): string[] {
  const branches = (attribute ?? []).flatMap(({ g, graphs }) => [...(g ? [g] : []), ...(graphs ?? [])]);
  return [...(input ?? []), ...branches.flatMap(({ node }) => (node ?? []).flatMap(usedBy))];
}

function circle({ name, opType, output }: onnx.INodeProto): ModelFileError {
  return new ModelFileError(
    `node ${quote(name || output?.[0] || "")} (${opType ?? ""}) waits for its own result`,
    "Export the model again: no graph with such a circle can be computed",
  );
}
