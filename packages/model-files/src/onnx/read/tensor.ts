import onnxProto, { type onnx } from "onnx-proto";
import { ModelFileError } from "../../error.ts";
import { fromLittleEndian } from "../../little-endian.ts";
import { quote } from "../../quote.ts";
import { elementCount } from "../../shape.ts";
import { float16Value } from "../../float16.ts";
import type { Budget } from "./budget.ts";
import { MAX_INTEGERS, MAX_RANK } from "./fold/strided.ts";
import type { Constant } from "./value.ts";

const { DataType } = onnxProto.onnx.TensorProto;

/** How values of one type are stored: as raw data (little-endian), or as a list of numbers. */
interface Encoding {
  readonly bytes: number;
  readonly isFloat: boolean;
  readonly raw: (view: DataView, at: number) => number;
  readonly list: (proto: onnx.ITensorProto) => NumberList;
  /** Where the list does not hold the values themselves. */
  readonly fromListed?: (value: number) => number;
}
type NumberList = onnx.ITensorProto["int64Data"];

const ENCODINGS: Readonly<Record<number, Encoding>> = {
  [DataType.FLOAT]: {
    bytes: 4,
    isFloat: true,
    raw: (view, at) => view.getFloat32(at, true),
    list: (proto) => proto.floatData,
  },
  [DataType.DOUBLE]: {
    bytes: 8,
    isFloat: true,
    raw: (view, at) => view.getFloat64(at, true),
    list: (proto) => proto.doubleData,
  },
  [DataType.FLOAT16]: {
    bytes: 2,
    isFloat: true,
    raw: (view, at) => float16Value(view.getUint16(at, true)),
    list: (proto) => proto.int32Data,
    fromListed: float16Value,
  },
  [DataType.INT32]: {
    bytes: 4,
    isFloat: false,
    raw: (view, at) => view.getInt32(at, true),
    list: (proto) => proto.int32Data,
  },
  [DataType.BOOL]: {
    bytes: 1,
    isFloat: false,
    raw: (view, at) => view.getUint8(at),
    list: (proto) => proto.int32Data,
  },
  [DataType.INT64]: {
    bytes: 8,
    isFloat: false,
    raw: (view, at) => Number(view.getBigInt64(at, true)),
    list: (proto) => proto.int64Data,
  },
};
/** Bytes of a tensor's values as raw data, once its declared shape has been found possible. */
export function rawByteLength(proto: onnx.ITensorProto): number {
  return validCount(proto) * (ENCODINGS[proto.dataType ?? 0]?.bytes ?? 0);
}

/**
 * @param raw the values where they are outside of the file
 * @returns undefined for types that hold no weights and describe no shape
 * @throws ModelFileError where the shape is none, or the values are fewer or more than it has
 */
export function readTensor(
  proto: onnx.ITensorProto,
  budget: Budget,
  raw: Uint8Array | undefined,
): Constant | undefined {
  const encoding = ENCODINGS[proto.dataType ?? 0];
  if (!encoding) return undefined;
  const count = validCount(proto);
  if (!encoding.isFloat && count > MAX_INTEGERS) return undefined;
  const bytes = raw ?? (proto.rawData?.length ? proto.rawData : undefined);
  const list = encoding.list(proto) ?? [];
  const found = bytes ? bytes.length / encoding.bytes : list.length;
  if (found !== count) throw wrongLength(proto, count, found);

  budget.spend(encoding.isFloat ? "floats" : "integers", count);
  const shape = dimensions(proto);
  const value = bytes ? rawReader(bytes, encoding) : listReader(list, encoding);
  if (!encoding.isFloat)
    return { type: "integers", shape, values: Array.from({ length: count }, (_, i) => value(i)) };
  const isPlain = bytes && encoding.bytes === Float32Array.BYTES_PER_ELEMENT;
  const data = isPlain ? fromLittleEndian(bytes) : new Float32Array(count);
  if (!isPlain) for (let i = 0; i < count; i++) data[i] = value(i);
  return { type: "floats", shape, data };
}

function rawReader(bytes: Uint8Array, { bytes: size, raw }: Encoding) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (index: number) => raw(view, index * size);
}

function listReader(list: NonNullable<NumberList>, { fromListed = (value) => value }: Encoding) {
  return (index: number) => fromListed(Number(list[index]));
}

function dimensions(proto: onnx.ITensorProto): readonly number[] {
  return (proto.dims ?? []).map(Number);
}

function validCount(proto: onnx.ITensorProto): number {
  const dims = dimensions(proto);
  const count = dims.length > MAX_RANK ? undefined : elementCount(dims);
  if (count !== undefined) return count;
  throw new ModelFileError(
    `tensor ${quote(proto.name ?? "")} declares the impossible shape [${dims.slice(0, MAX_RANK).join(", ")}${dims.length > MAX_RANK ? ", …" : ""}]`,
    "The file is broken: export or download it again",
  );
}

function wrongLength(proto: onnx.ITensorProto, count: number, found: number) {
  const dims = dimensions(proto).join(", ");
  return new ModelFileError(
    `tensor ${quote(proto.name ?? "")} of shape [${dims}] needs ${count} values, but the file has ${found}`,
    "The file is broken or cut off: export or download it again",
  );
}
