import { ModelFileError } from "../error.ts";
import { quote } from "../quote.ts";
import { foreignFormat } from "./foreign.ts";

/** The formats that are read and written. */
export const FORMATS = ["onnx", "tfjs", "safetensors"] as const;
export type Format = (typeof FORMATS)[number];

/** As many bytes as tell the formats apart. */
export const HEAD_BYTES = 1024;

/** What fields of ONNX's ModelProto begin with; almost always it is the first, a version. */
const ONNX_FIELDS: ReadonlySet<number> = new Set([
  0x08, 0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72, 0xa2, 0xca,
]);

/**
 * Tells the format of a file by its first bytes, whatever its name.
 * @throws ModelFileError for the files of other tools, and for empty ones
 */
export function recognize(name: string, head: Uint8Array): Format {
  if (head.length === 0) throw new ModelFileError(`${quote(name)} is empty`, "Export or download it again");
  const text = Buffer.from(head).toString("latin1");
  // The length of the header, of which the last bytes are zero, and the header: the length may look like anything.
  if (/^.{4}\0{4}\{/s.test(text)) return "safetensors";
  const foreign = foreignFormat(head);
  if (foreign) throw new ModelFileError(`${quote(name)} is ${foreign.what}`, foreign.remedy);
  if (/^(\xef\xbb\xbf)?\s*\{/.test(text)) return "tfjs";
  if (ONNX_FIELDS.has(head[0] ?? 0)) return "onnx";
  throw new ModelFileError(
    `${quote(name)} is of no format that is known here`,
    "Name an .onnx file, a .safetensors file that mnb wrote, or the model.json of a TensorFlow.js model",
  );
}
