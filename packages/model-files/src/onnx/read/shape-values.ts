import type { onnx } from "onnx-proto";
import { Attributes } from "./attributes.ts";
import type { Constants } from "./constants.ts";

/** Of nodes between a Shape and its use, and of numbers in a shape. */
const MAX_STEPS = 32;
const MAX_LENGTH = 16;

/** A shape that is computed while the network runs, null where it depends on the input. */
export type ShapeValue = readonly (number | null)[];

/**
 * Follows how exporters compute the shape for a Reshape: the batch of another value beside constants.
 * @param ranks of the values that are no constants
 */
export class ShapeValues {
  readonly #constants: Constants;
  readonly #nodes: ReadonlyMap<string, onnx.INodeProto>;
  readonly #rankOf: (name: string) => number | undefined;
  readonly #known = new Map<string, ShapeValue | undefined>();

  constructor(
    constants: Constants,
    nodes: ReadonlyMap<string, onnx.INodeProto>,
    rankOf: (name: string) => number | undefined,
  ) {
    this.#constants = constants;
    this.#nodes = nodes;
    this.#rankOf = rankOf;
  }

  /** Undefined where it cannot be followed. */
  get(name: string | undefined, steps = 0): ShapeValue | undefined {
    if (name === undefined || steps > MAX_STEPS) return undefined;
    const value = this.#known.has(name) ? this.#known.get(name) : this.#compute(name, steps);
    this.#known.set(name, value);
    return value;
  }

  #compute(name: string, steps: number): ShapeValue | undefined {
    const constant = this.#constants.integers(name);
    if (constant) return constant;
    const node = this.#nodes.get(name);
    if (!node) return undefined;
    const [first, second, third] = node.input ?? [];
    const attributes = new Attributes(node);
    switch (node.opType ?? "") {
      case "Shape": {
        const rank = first === undefined ? undefined : this.#rankOf(first);
        if (rank === undefined) return undefined;
        return Array.from({ length: rank }, () => null).slice(
          attributes.int("start", 0),
          attributes.int("end"),
        );
      }
      case "Identity":
      case "Cast":
      case "Squeeze":
      case "Unsqueeze":
        return this.get(first, steps + 1);
      case "Gather": {
        const values = this.get(first, steps + 1);
        return values && this.#constants.integers(second)?.map((index) => values.at(index) ?? null);
      }
      case "Slice": {
        const [start, end] = [this.#constants.integers(second)?.[0], this.#constants.integers(third)?.[0]];
        const step = this.#constants.integers(node.input?.[4])?.[0] ?? 1;
        return start === undefined || end === undefined || step !== 1
          ? undefined
          : this.get(first, steps + 1)?.slice(start, end);
      }
      case "Concat": {
        const parts = (node.input ?? []).map((part) => this.get(part, steps + 1));
        const known = parts.filter((part) => part !== undefined);
        const values = known.flat();
        return known.length === parts.length && values.length <= MAX_LENGTH ? values : undefined;
      }
      default:
        return undefined;
    }
  }
}
