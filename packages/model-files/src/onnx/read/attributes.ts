import type { onnx } from "onnx-proto";

/** Attributes of a node by name, each asked for in the type that the operator gives it. */
export class Attributes {
  readonly #byName: ReadonlyMap<string, onnx.IAttributeProto>;

  /** @param caller of the function that the node belongs to, whose attributes it may refer to */
  constructor({ attribute }: onnx.INodeProto, caller?: Attributes) {
    this.#byName = new Map(
      attribute?.flatMap((one) => {
        const own = one.refAttrName ? caller?.attribute(one.refAttrName) : one;
        return own ? [[one.name ?? "", own] as const] : [];
      }),
    );
  }

  attribute(name: string): onnx.IAttributeProto | undefined {
    return this.#byName.get(name);
  }

  int(name: string): number | undefined;
  int(name: string, otherwise: number): number;
  int(name: string, otherwise?: number): number | undefined {
    const value = this.#byName.get(name)?.i;
    return value === undefined || value === null ? otherwise : Number(value);
  }

  float(name: string): number | undefined;
  float(name: string, otherwise: number): number;
  float(name: string, otherwise?: number): number | undefined {
    return this.#byName.get(name)?.f ?? otherwise;
  }

  ints(name: string): readonly number[] | undefined {
    return this.#byName.get(name)?.ints?.map(Number);
  }

  floats(name: string): readonly number[] | undefined {
    return this.#byName.get(name)?.floats ?? undefined;
  }

  text(name: string): string | undefined {
    const bytes = this.#byName.get(name)?.s;
    return bytes ? new TextDecoder().decode(bytes) : undefined;
  }

  tensor(name: string): onnx.ITensorProto | undefined {
    return this.#byName.get(name)?.t ?? undefined;
  }

  graph(name: string): onnx.IGraphProto | undefined {
    return this.#byName.get(name)?.g ?? undefined;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }
}
