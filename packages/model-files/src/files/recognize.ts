import { ModelFileError } from "../error.ts";
import { quote } from "../quote.ts";

/** The formats that are read and written. */
export const FORMATS = ["onnx", "tfjs", "safetensors"] as const;
export type Format = (typeof FORMATS)[number];

/** As many bytes as tell the formats apart. */
export const HEAD_BYTES = 64;

/** What other tools write, and how it can be imported. */
const FOREIGN: readonly { readonly magic: RegExp; readonly what: string; readonly remedy: string }[] = [
  {
    magic: /^\x89HDF\r\n/,
    what: "a Keras file in HDF5",
    remedy: "Convert it with tensorflowjs_converter --input_format=keras, and import the model.json",
  },
  {
    magic: /^PK/,
    what: "a zip archive, such as Keras's .keras or PyTorch's .pt",
    remedy: "Export the model from that tool as ONNX or TensorFlow.js",
  },
  {
    magic: /^.{4}TFL3/s,
    what: "a TensorFlow Lite model",
    remedy: "Export the original model as ONNX or TensorFlow.js",
  },
  { magic: /^\x80/, what: "a Python pickle", remedy: "Export the model from that tool as ONNX" },
  {
    magic: /^version https:\/\/git-lfs/,
    what: "a pointer of Git LFS, not the file itself",
    remedy: "Run git lfs pull",
  },
  {
    magic: /^\s*</,
    what: "a page of HTML or XML, not a model",
    remedy: "Check the address that it was downloaded from",
  },
];

/**
 * Tells the format of a file by its first bytes, whatever its name.
 * @throws ModelFileError for the files of other tools, and for empty ones
 */
export function recognize(name: string, head: Uint8Array): Format {
  if (head.length === 0) throw new ModelFileError(`${quote(name)} is empty`, "Export or download it again");
  const text = Buffer.from(head).toString("latin1");
  // The length of the header, of which the last bytes are zero, and the header: the length may look like anything.
  if (/^.{4}\0{4}\{/s.test(text)) return "safetensors";
  if (/^(\xef\xbb\xbf)?\s*\{/.test(text)) return "tfjs";
  const foreign = FOREIGN.find(({ magic }) => magic.test(text));
  if (foreign) throw new ModelFileError(`${quote(name)} is ${foreign.what}`, foreign.remedy);
  return "onnx";
}
