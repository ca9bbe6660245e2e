import protobuf from "protobufjs/minimal.js";
import { ModelFileError } from "../../error.ts";

/** Fields of all kinds. A MobileNet has some thousands; each may become an object many times its bytes. */
const MAX_FIELDS = 2 ** 18;
/**
 * Numbers in lists of floats or doubles, each of which takes 8 bytes; enough for α = 2. Raw
 * data, which every exporter of today writes, are not copied and not limited.
 */
const MAX_LIST_VALUES = 2 ** 24;
/** Bytes of all texts: names, documentation, metadata. */
const MAX_TEXT_BYTES = 2 ** 24;

const UTF8 = new TextDecoder();

/**
 * A reader of protocol buffers that gives up before a hostile file has made it take much memory: the generated decoders
 * make an object of every message before anything can look at it.
 */
export class BoundedReader extends protobuf.Reader {
  #fields = 0;
  #values = 0;
  #textBytes = 0;

  override uint32(): number {
    this.#countField();
    return super.uint32();
  }

  override int64(): ReturnType<protobuf.Reader["int64"]> {
    this.#countField();
    return super.int64();
  }

  override uint64(): ReturnType<protobuf.Reader["uint64"]> {
    this.#countField();
    return super.uint64();
  }

  override float(): number {
    this.#countValue();
    return super.float();
  }

  override double(): number {
    this.#countValue();
    return super.double();
  }

  override string(): string {
    const bytes = this.bytes();
    this.#textBytes += bytes.length;
    if (this.#textBytes > MAX_TEXT_BYTES) throw tooLarge(`${MAX_TEXT_BYTES} bytes of names and texts`);
    return UTF8.decode(bytes);
  }

  #countField() {
    if (++this.#fields > MAX_FIELDS) throw tooLarge(`${MAX_FIELDS} fields`);
  }

  #countValue() {
    if (++this.#values > MAX_LIST_VALUES) throw tooLarge(`${MAX_LIST_VALUES} numbers outside of raw data`);
  }
}

function tooLarge(what: string) {
  return new ModelFileError(
    `the ONNX file has more than ${what}`,
    "It is no MobileNet V1: those have a few thousand fields, and their weights as raw data",
  );
}
