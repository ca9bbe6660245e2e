import onnxProto, { type onnx } from "onnx-proto";
import { elementCount } from "../../shape.ts";
import { Attributes } from "./attributes.ts";
import { readTensor, type Constant, type TensorBudget } from "./tensor.ts";
import { isPermutation, transpose } from "./transpose.ts";

const { DataType } = onnxProto.onnx.TensorProto;
const FLOAT: number = DataType.FLOAT;
const DOUBLE: number = DataType.DOUBLE;
/** Exporters put one or two nodes between a weight and its use. */
const MAX_STEPS = 16;

type Floats = Extract<Constant, { type: "floats" }>;

/** The constants of a graph by value name: initializers, Constant nodes, and what is computed of those alone. */
export class Constants {
  readonly #tensors: ReadonlyMap<string, onnx.ITensorProto>;
  readonly #nodes: ReadonlyMap<string, onnx.INodeProto>;
  readonly #external: ReadonlyMap<onnx.ITensorProto, Uint8Array>;
  readonly #budget: TensorBudget;
  readonly #known = new Map<string, Constant | undefined>();
  readonly #transposed = new Map<string, Floats>();

  constructor(
    tensors: ReadonlyMap<string, onnx.ITensorProto>,
    nodes: ReadonlyMap<string, onnx.INodeProto>,
    external: ReadonlyMap<onnx.ITensorProto, Uint8Array>,
    budget: TensorBudget,
  ) {
    this.#tensors = tensors;
    this.#nodes = nodes;
    this.#external = external;
    this.#budget = budget;
  }

  /** Undefined where the value is no constant, or one that is not understood. */
  get(name: string | undefined, steps = 0): Constant | undefined {
    if (name === undefined || name === "" || steps > MAX_STEPS) return undefined;
    if (this.#known.has(name)) return this.#known.get(name);
    const constant = this.#compute(name, steps);
    this.#known.set(name, constant);
    return constant;
  }

  floats(name: string | undefined): Floats | undefined {
    const constant = this.get(name);
    return constant?.type === "floats" ? constant : undefined;
  }

  integers(name: string | undefined): readonly number[] | undefined {
    const constant = this.get(name);
    return constant?.type === "integers" ? constant.values : undefined;
  }

  /** {@link floats} with the axes in another order, made once. */
  transposed(name: string | undefined, order: readonly number[]): Floats | undefined {
    const key = `${order.join()} ${name}`;
    const known = this.#transposed.get(key);
    if (known) return known;
    const constant = this.floats(name);
    if (!constant || !isPermutation(order, constant.shape.length)) return undefined;
    this.#budget.spend(constant.data.length);
    const transposed: Floats = { type: "floats", ...transpose(constant.data, constant.shape, order) };
    this.#transposed.set(key, transposed);
    return transposed;
  }

  #compute(name: string, steps: number): Constant | undefined {
    const tensor = this.#tensors.get(name);
    if (tensor) return readTensor(tensor, this.#budget, this.#external.get(tensor));
    const node = this.#nodes.get(name);
    if (!node) return undefined;
    if (node.opType === "Constant") return this.#constantNode(new Attributes(node));
    const input = this.get(node.input?.[0], steps + 1);
    return input && this.#apply(node, input, steps);
  }

  #constantNode(attributes: Attributes): Constant | undefined {
    const tensor = attributes.tensor("value");
    if (tensor) return readTensor(tensor, this.#budget, this.#external.get(tensor));
    const float = attributes.float("value_float");
    if (attributes.has("value_float") && float !== undefined)
      return { type: "floats", shape: [], data: Float32Array.of(float) };
    const int = attributes.int("value_int");
    if (attributes.has("value_int") && int !== undefined)
      return { type: "integers", shape: [], values: [int] };
    const ints = attributes.ints("value_ints");
    return attributes.has("value_ints") && ints
      ? { type: "integers", shape: [ints.length], values: ints }
      : undefined;
  }

  #apply(node: onnx.INodeProto, input: Constant, steps: number): Constant | undefined {
    switch (node.opType ?? "") {
      case "Identity":
        return input;
      case "Cast": {
        // Values are kept as float32, which float16 would round further.
        const to = new Attributes(node).int("to");
        return input.type === "floats" && (to === FLOAT || to === DOUBLE) ? input : undefined;
      }
      case "Transpose": {
        const order = new Attributes(node).ints("perm") ?? [];
        const reversed = input.shape.map((_, axis) => input.shape.length - 1 - axis);
        return this.transposed(node.input?.[0], order.length > 0 ? order : reversed);
      }
      case "Reshape": {
        const shape = this.get(node.input?.[1], steps + 1);
        return shape?.type === "integers" ? reshaped(input, shape.values) : undefined;
      }
      default:
        return undefined;
    }
  }
}

function reshaped(input: Constant, wanted: readonly number[]): Constant | undefined {
  const count = elementCount(input.shape) ?? 0;
  const kept = wanted.map((size, axis) => (size === 0 ? (input.shape[axis] ?? 0) : size));
  const rest = kept.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  const shape = kept.map((size) => (size === -1 ? count / rest : size));
  return elementCount(shape) === count ? { ...input, shape } : undefined;
}
