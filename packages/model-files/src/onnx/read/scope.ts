import type { onnx } from "onnx-proto";
import type { Value } from "./value.ts";

/** What names stand for within a graph; what the graph of a branch does not compute, the one around it does. */
export class Scope {
  readonly #outer: Scope | undefined;
  readonly #values = new Map<string, Value>();
  readonly #tensors: ReadonlyMap<string, onnx.ITensorProto>;

  constructor(tensors: readonly onnx.ITensorProto[] = [], outer?: Scope) {
    this.#tensors = new Map(tensors.map((tensor) => [tensor.name ?? "", tensor]));
    this.#outer = outer;
  }

  /** @param read what makes a value of a tensor of the file, once it is asked for */
  get(name: string, read: (tensor: onnx.ITensorProto) => Value | undefined): Value | undefined {
    const known = this.#values.get(name);
    if (known) return known;
    const tensor = this.#tensors.get(name);
    if (!tensor) return this.#outer?.get(name, read);
    const value = read(tensor);
    if (value) this.#values.set(name, value);
    return value;
  }

  has(name: string): boolean {
    return this.#values.has(name) || this.#tensors.has(name) || Boolean(this.#outer?.has(name));
  }

  set(name: string, value: Value) {
    this.#values.set(name, value);
  }
}
