import type { Operation } from "../../graph/source-graph.ts";
import type { Constants } from "./constants.ts";
import type { NodeDef } from "./node-def.ts";

/** What a node computes step by step, and on which of its inputs. */
export interface Read {
  readonly operations: readonly Operation[];
  /** Values that depend on the image. */
  readonly inputs: readonly string[];
}
export type NodeReader = (node: NodeDef, constants: Constants) => Read;

/** What a node takes beside the image: a kernel, a shape, axes. */
export const SECOND = 1;

/** On the node's first input. */
export function on({ inputs }: NodeDef, ...operations: readonly Operation[]): Read {
  return { operations, inputs: inputs.slice(0, 1) };
}

export const other = (node: NodeDef, what: string): Read => on(node, { type: "other", what });
