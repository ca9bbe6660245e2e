import onnxProto, { type onnx } from "onnx-proto";

const { AttributeType } = onnxProto.onnx.AttributeProto;
const { DataType } = onnxProto.onnx.TensorProto;

export type AttributeValue =
  number | readonly number[] | string | { readonly float: number } | onnx.ITensorProto;

/** Builds ONNX files of any kind, also such as no exporter of ours writes. */
export class OnnxBuilder {
  readonly nodes: onnx.INodeProto[] = [];
  readonly initializers: onnx.ITensorProto[] = [];
  readonly inputs: onnx.IValueInfoProto[] = [];
  readonly outputs: onnx.IValueInfoProto[] = [];
  opset = 17;
  #count = 0;

  input(name: string, dims: readonly (number | string)[]): string {
    this.inputs.push(valueInfo(name, dims));
    return name;
  }

  output(name: string, dims: readonly (number | string)[] = []) {
    this.outputs.push(valueInfo(name, dims));
  }

  /** @returns the name of its output */
  node(
    opType: string,
    input: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    const name = `${opType}_${this.#count++}`;
    const attribute = Object.entries(attributes).map(([key, value]) => attributeProto(key, value));
    this.nodes.push({ name, opType, input: [...input], output: [`${name}:0`], attribute });
    return `${name}:0`;
  }

  floats(dims: readonly number[], data: ArrayLike<number>): string {
    return this.tensor(rawFloats(dims, data));
  }

  integers(values: readonly number[], dims: readonly number[] = [values.length]): string {
    return this.tensor({ dataType: DataType.INT64, dims: [...dims], int64Data: [...values] });
  }

  /** @returns its name */
  tensor(proto: onnx.ITensorProto): string {
    const name = proto.name ?? `constant_${this.#count++}`;
    this.initializers.push({ ...proto, name });
    return name;
  }

  encode(): Uint8Array {
    return onnxProto.onnx.ModelProto.encode({
      irVersion: 8,
      opsetImport: [{ domain: "", version: this.opset }],
      graph: {
        name: "test",
        node: this.nodes,
        initializer: this.initializers,
        input: this.inputs,
        output: this.outputs,
      },
    }).finish();
  }
}

export function rawFloats(dims: readonly number[], data: ArrayLike<number>): onnx.ITensorProto {
  const bytes = new Uint8Array(Float32Array.from(data).buffer);
  return { dataType: DataType.FLOAT, dims: [...dims], rawData: bytes };
}

function valueInfo(name: string, dims: readonly (number | string)[]): onnx.IValueInfoProto {
  const dim = dims.map((size) => (typeof size === "string" ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: DataType.FLOAT, shape: { dim } } } };
}

function attributeProto(name: string, value: AttributeValue): onnx.IAttributeProto {
  if (typeof value === "number") return { name, type: AttributeType.INT, i: value };
  if (typeof value === "string")
    return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  if (Array.isArray(value)) return { name, type: AttributeType.INTS, ints: [...value] };
  if ("float" in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.TENSOR, t: value as onnx.ITensorProto };
}
