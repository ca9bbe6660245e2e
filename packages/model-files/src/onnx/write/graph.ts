import type { Shape } from "@mobilenet-bench/spec";
import onnxProto, { type onnx } from "onnx-proto";
import { toLittleEndian } from "../../little-endian.ts";

const { AttributeType } = onnxProto.onnx.AttributeProto;
const { DataType } = onnxProto.onnx.TensorProto;

/** The first version whose operators all runtimes of the last years know. */
const OPSET = 17;
/** The file format that came with opset 17 (ONNX 1.12); older readers refuse a newer one. */
const IR_VERSION = 8;

/** Whole numbers (ONNX `int`, `ints`) and, marked as such, a float. */
type Attribute = number | readonly number[] | { readonly float: number };

export interface Node {
  readonly name: string;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** The name of the one tensor that it computes. */
  readonly output: string;
}

/** Dimensions of a tensor; a text is the name of one that each run chooses. */
export type Dimensions = readonly (number | string)[];

/** An ONNX graph under construction. Nodes are added in the order of computation. */
export class Graph {
  readonly #name: string;
  readonly #nodes: onnx.INodeProto[] = [];
  readonly #constants: onnx.ITensorProto[] = [];
  readonly #inputs: onnx.IValueInfoProto[] = [];
  readonly #outputs: onnx.IValueInfoProto[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  input(name: string, dimensions: Dimensions) {
    this.#inputs.push(floatTensor(name, dimensions));
  }

  output(name: string, dimensions: Dimensions) {
    this.#outputs.push(floatTensor(name, dimensions));
  }

  /** A float32 constant; without dimensions a scalar. @returns its name, for the inputs of a node */
  constant(name: string, data: Float32Array, dimensions: readonly number[]): string {
    this.#constants.push({
      name,
      dataType: DataType.FLOAT,
      dims: [...dimensions],
      rawData: toLittleEndian(data),
    });
    return name;
  }

  /** @returns the name of its output, for the inputs of the nodes that follow */
  node({ name, operator, inputs, attributes = {}, output }: Node): string {
    this.#nodes.push({
      name,
      opType: operator,
      input: [...inputs],
      output: [output],
      attribute: Object.entries(attributes).map(([key, value]) => attributeProto(key, value)),
    });
    return output;
  }

  /**
   * The model as the bytes of an `.onnx` file.
   * @param about what readers may know beside the graph, by name
   */
  encode(about: Readonly<Record<string, string>> = {}): Uint8Array {
    const model: onnx.IModelProto = {
      irVersion: IR_VERSION,
      producerName: "mobilenet-bench",
      opsetImport: [{ domain: "", version: OPSET }],
      metadataProps: Object.entries(about).map(([key, value]) => ({ key, value })),
      graph: {
        name: this.#name,
        node: this.#nodes,
        initializer: this.#constants,
        input: this.#inputs,
        output: this.#outputs,
      },
    };
    return onnxProto.onnx.ModelProto.encode(model).finish();
  }
}

/** The spec's shapes have no batch; graphs have. */
export function withBatch(batch: number | string, [height, width, channels]: Shape): Dimensions {
  return [batch, height, width, channels];
}

function floatTensor(name: string, dimensions: Dimensions): onnx.IValueInfoProto {
  const dim = dimensions.map((size) => (typeof size === "string" ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: DataType.FLOAT, shape: { dim } } } };
}

function attributeProto(name: string, value: Attribute): onnx.IAttributeProto {
  if (typeof value === "number") return { name, type: AttributeType.INT, i: value };
  if ("float" in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.INTS, ints: [...value] };
}
