import type { Tensor } from "@mobilenet-bench/spec";
import { ModelFileError } from "../../error.ts";
import { quote } from "../../quote.ts";
import type { KerasLayer } from "./topology.ts";

/** Finds the weights of layers, whatever scheme their names follow. */
export class LayerWeights {
  readonly #tensors: ReadonlyMap<string, Tensor>;
  /** By the last two parts of the name; null where several weights share them. */
  readonly #byEnd = new Map<string, Tensor | null>();

  constructor(tensors: ReadonlyMap<string, Tensor>) {
    this.#tensors = tensors;
    for (const [name, tensor] of tensors) {
      const end = name
        .split("/")
        .filter((part) => part !== "vars")
        .slice(-2)
        .join("/");
      this.#byEnd.set(end, this.#byEnd.has(end) ? null : tensor);
    }
  }

  /**
   * One weight of a layer.
   * @param roles what Keras calls it: `kernel`; several where its versions differ
   * @param index its place among the layer's weights, which Keras 3 uses in its own format
   */
  find({ name, output, path }: KerasLayer, roles: readonly string[], index: number): Tensor {
    const tensor =
      this.#tensors.get(`${path}/vars/${index}`) ??
      first(roles, (role) => this.#tensors.get(`${output}/${role}`)) ??
      first([...roles, String(index)], (role) => this.#byEnd.get(`${name}/${role}`) ?? undefined);
    if (tensor) return tensor;
    throw new ModelFileError(
      `there is no weight ${quote(`${name}/${roles[0] ?? index}`)} for the layer ${quote(name)}`,
      "The weights are those of another model, or were left out: convert the model again",
    );
  }
}

function first<T>(keys: readonly string[], find: (key: string) => T | undefined): T | undefined {
  for (const key of keys) {
    const found = find(key);
    if (found !== undefined) return found;
  }
  return undefined;
}
