import { ModelFileError } from "../error.ts";
import { describe, title } from "./describe.ts";
import { REMEDIES } from "./remedies.ts";
import type { Operation, SourceNode } from "./source-graph.ts";

/** A way along the chain of nodes, which knows what has been mapped so far. */
export class Walk {
  readonly #chain: readonly SourceNode[];
  readonly #mapped: string[] = [];
  #position = 0;

  constructor(chain: readonly SourceNode[]) {
    this.#chain = chain;
  }

  /** The node that comes next, which is not passed; undefined at the end. */
  peek(): SourceNode | undefined {
    while (this.#chain[this.#position]?.operation.type === "identity") this.#position++;
    return this.#chain[this.#position];
  }

  /** The next node that is no pad. */
  peekBehindPads(): SourceNode | undefined {
    const skipped: ReadonlySet<Operation["type"]> = new Set(["pad", "identity"]);
    return this.#chain.slice(this.#position).find(({ operation }) => !skipped.has(operation.type));
  }

  /** Passes the next node where it is of this type, and returns its operation. */
  take<T extends Operation["type"]>(...types: readonly T[]): Extract<Operation, { type: T }> | undefined {
    const operation = this.peek()?.operation;
    if (!operation || !isOf(operation, types)) return undefined;
    this.#position++;
    return operation;
  }

  /** A layer of the model is complete. */
  map(layer: string) {
    this.#mapped.push(layer);
  }

  /**
   * The refusal of the next node, or of the end of the chain.
   * @param expected such as "a depthwise 3×3 with 64 channels as Conv2d_3_depthwise"
   * @param found in place of a description of the node
   * @param usual what helps, unless the node's operation knows better
   */
  refusal(expected: string, found?: string, usual: string = REMEDIES.layers): ModelFileError {
    const node = this.peek();
    const remedy = (node?.operation.type === "other" && node.operation.remedy) || usual;
    const last = this.#chain.at(-1);
    const before = `mapped up to there: ${this.#mappedSoFar()}`;
    return node
      ? new ModelFileError(
          `could not map node ${title(node)}: expected ${expected}, found ${found ?? describe(node.operation)} (${before})`,
          remedy,
        )
      : new ModelFileError(
          `the network ends with node ${last ? title(last) : "none"}: expected ${expected} after it (${before})`,
          remedy,
        );
  }

  #mappedSoFar(): string {
    const [first] = this.#mapped;
    const last = this.#mapped.at(-1);
    if (first === undefined || last === undefined) return "nothing";
    return first === last ? first : `${first} to ${last}`;
  }
}

function isOf<T extends Operation["type"]>(
  operation: Operation,
  types: readonly T[],
): operation is Extract<Operation, { type: T }> {
  return types.some((type) => type === operation.type);
}
