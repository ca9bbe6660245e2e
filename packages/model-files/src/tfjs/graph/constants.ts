import type { Tensor } from "@mobilenet-bench/spec";
import type { NodeDef } from "./node-def.ts";

/** What passes a constant on unchanged. */
const PASSES: ReadonlySet<string> = new Set(["Identity", "ReadVariableOp", "StopGradient", "Snapshot"]);
/** Longer ways are none that a converter leaves. */
const MAX_STEPS = 100;
/** Of a pad: the longest list of numbers that is an argument. A file may name a whole kernel in its place. */
const MAX_NUMBERS = 8;

/** The values of a graph that are known without an image. */
export class Constants {
  readonly #nodes: ReadonlyMap<string, NodeDef>;
  readonly #tensors: ReadonlyMap<string, Tensor>;
  readonly #derived = new Map<(tensor: Tensor) => Tensor, Map<Tensor, Tensor>>();

  /** @param tensors the weights, which are named after their Const nodes */
  constructor(nodes: ReadonlyMap<string, NodeDef>, tensors: ReadonlyMap<string, Tensor>) {
    this.#nodes = nodes;
    this.#tensors = tensors;
  }

  /** The constant that a value is; undefined where it depends on the image. */
  tensor(value: string | undefined): Tensor | undefined {
    let name = value;
    for (let step = 0; name !== undefined && step < MAX_STEPS; step++) {
      const node = this.#nodes.get(name);
      if (node?.op === "Const") return this.#tensors.get(name);
      name = node && PASSES.has(node.op) ? node.inputs[0] : undefined;
    }
    return undefined;
  }

  /** The numbers of a short constant. */
  numbers(value: string | undefined): readonly number[] | undefined {
    const tensor = this.tensor(value);
    return tensor && tensor.data.length <= MAX_NUMBERS ? Array.from(tensor.data) : undefined;
  }

  /** A constant made of another, once for however many nodes ask for it: they are not to multiply the file's size. */
  derived(tensor: Tensor, make: (tensor: Tensor) => Tensor): Tensor {
    const made = this.#derived.get(make) ?? new Map<Tensor, Tensor>();
    this.#derived.set(make, made);
    const known = made.get(tensor) ?? make(tensor);
    made.set(tensor, known);
    return known;
  }

  /**
   * What a reshape is asked for: a constant, or sizes put together of which some (the batch, mostly) are taken from
   * the image's shape at run time. Null where a size is open; undefined where it cannot be told.
   */
  sizes(value: string | undefined): readonly (number | null)[] | undefined {
    const open = (size: number) => (size < 0 ? null : size);
    const constant = this.numbers(value);
    if (constant) return constant.map(open);
    const node = value === undefined ? undefined : this.#nodes.get(value);
    // A part that is no constant is the number of images.
    if (node?.op === "ConcatV2")
      return node.inputs.slice(0, -1).flatMap((input) => this.numbers(input)?.map(open) ?? [null]);
    if (node?.op !== "Pack") return undefined;
    return node.inputs.map((input) => {
      const [size, ...others] = this.numbers(input) ?? [];
      return size === undefined || others.length > 0 ? null : open(size);
    });
  }
}
