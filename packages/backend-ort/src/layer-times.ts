import type { Layer } from "@mobilenet-bench/spec";
import type { NodeTime } from "./profile.ts";

/**
 * Milliseconds per layer from the nodes of one run. A node belongs to the layer whose name it starts with;
 * what the optimizer inserted (reordering of channels) belongs to the layer before it, and the transposition
 * of the input to the first. A layer without a node of its own has been merged into the one before it: the
 * two stand together as `FIRST+SECOND`.
 */
export function layerTimes(
  layers: readonly Layer[],
  nodes: readonly NodeTime[],
): ReadonlyMap<string, number> {
  const groups: { name: string; ms: number }[] = [];
  const times = new Map<string, number>();
  let current = layers[0]?.name ?? "";
  for (const { name, microseconds } of nodes) {
    current = layers.find((layer) => belongs(name, layer))?.name ?? current;
    times.set(current, (times.get(current) ?? 0) + microseconds / 1000);
  }
  for (const { name } of layers) {
    const ms = times.get(name);
    const last = groups.at(-1);
    if (ms === undefined && last) last.name += `+${name}`;
    else groups.push({ name, ms: ms ?? 0 });
  }
  return new Map(groups.map(({ name, ms }) => [name, ms]));
}

/** The last inference of several: it starts where the first layer's nodes start for the last time. */
export function lastInference(layers: readonly Layer[], nodes: readonly NodeTime[]): readonly NodeTime[] {
  const [first] = layers;
  if (!first) return nodes;
  const starts = (node: NodeTime, i: number) => {
    const before = nodes[i - 1];
    return belongs(node.name, first) && !(before && belongs(before.name, first));
  };
  return nodes.slice(nodes.findLastIndex(starts));
}

/** `Conv2d_1_depthwise`, `Conv2d_1_depthwise_nchwc`, `Conv2d_1_depthwise_token_6`, `Logits/flatten`; but `Conv2d_1` not of `Conv2d_10`. */
function belongs(node: string, { name }: Layer): boolean {
  if (!node.startsWith(name)) return false;
  return /^($|\/|_nchwc$|_token_\d+$)/.test(node.slice(name.length));
}
