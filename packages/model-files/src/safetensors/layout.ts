import { ModelFileError } from "../error.ts";
import { quote } from "../quote.ts";
import { elementCount } from "../shape.ts";

/** Bytes of the header's length: an unsigned integer of 64 bits. */
export const LENGTH_BYTES = 8;
/** A model of the family has 137 tensors and 1000 labels: 40 kB. */
const MAX_HEADER_BYTES = 16 * 1024 * 1024;
const FLOAT_BYTES = 4;

/** A tensor as the header describes it. */
interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  /** Bytes from the end of the header on. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly metadata: ReadonlyMap<string, string>;
  /** The descriptions of the tensors by their names, not yet looked at. */
  readonly tensors: Readonly<Record<string, unknown>>;
  /** Where the tensors begin. */
  readonly dataOffset: number;
}

/** @throws ModelFileError where the header is not as the format wants it */
export function readHeader(bytes: Uint8Array): Header {
  const json = parse(headerText(bytes));
  const dataOffset = LENGTH_BYTES + headerLength(bytes);
  const { __metadata__: metadata = {}, ...tensors } = json;
  if (!isRecord(metadata)) throw broken("its metadata are no object");
  return { metadata: new Map(Object.entries(metadata).map(text)), tensors, dataOffset };
}

/** @throws ModelFileError where the type or the place of a tensor is not as it should be */
export function readEntries({ tensors, dataOffset }: Header, bytes: Uint8Array): readonly Entry[] {
  const entries = Object.entries(tensors).map(([name, entry]) => readEntry(name, entry));
  checkPlaces(entries, bytes.length - dataOffset);
  return entries;
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < LENGTH_BYTES) throw broken(`it has ${bytes.length} bytes`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const left = bytes.length - LENGTH_BYTES;
  if (length > BigInt(Math.min(left, MAX_HEADER_BYTES)))
    throw broken(
      `it declares a header of ${length} bytes, and ${left} follow (at most ${MAX_HEADER_BYTES} are read)`,
    );
  return Number(length);
}

function headerText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + headerLength(bytes)));
}

function parse(text: string): Readonly<Record<string, unknown>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw broken("its header is no JSON", cause);
  }
  if (!isRecord(json)) throw broken("its header is no object");
  return json;
}

function readEntry(name: string, entry: unknown): Entry {
  if (!isRecord(entry)) throw broken(`tensor ${quote(name)} is not described`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (dtype !== "F32")
    throw new ModelFileError(
      `tensor ${quote(name)} is of type ${quote(String(dtype))}, and only F32 is read`,
      "Store the weights as float32",
    );
  const count = isNumbers(shape) ? elementCount(shape) : undefined;
  const [begin, end] = isNumbers(offsets) && offsets.length === 2 ? offsets : [];
  if (!isNumbers(shape) || count === undefined || begin === undefined || end === undefined)
    throw broken(`the shape or place of tensor ${quote(name)} is impossible`);
  if (end - begin !== count * FLOAT_BYTES)
    throw broken(`tensor ${quote(name)} needs ${count * FLOAT_BYTES} bytes and has ${end - begin}`);
  return { name, shape, begin, end };
}

/** Tensors lie one after the other, without holes and overlaps, up to the end of the file. */
function checkPlaces(entries: readonly Entry[], dataBytes: number) {
  let at = 0;
  for (const { name, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at) throw broken(`tensor ${quote(name)} begins at ${begin}, and ${at} is where one must`);
    at = end;
  }
  if (at !== dataBytes) throw broken(`its tensors end at ${at}, its data at ${dataBytes}`);
}

function text([key, value]: readonly [string, unknown]): readonly [string, string] {
  if (typeof value !== "string") throw broken(`its metadata ${quote(key)} is no text`);
  return [key, value];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item));
}

function broken(fact: string, cause?: unknown) {
  return new ModelFileError(
    `the file is no proper safetensors file, or is cut off: ${fact}`,
    "Export or download it again",
    { cause },
  );
}
