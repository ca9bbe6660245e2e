import type { z } from "zod";
import { ModelFileError } from "../error.ts";
import { quote } from "../quote.ts";

/** The converter's files for a MobileNet have a tenth of a megabyte, and nest fourteen deep. */
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_DEPTH = 64;

/**
 * Parses JSON of a foreign file, whose size and depth are looked at before anything is built from it.
 * @param name of the file, for messages
 * @throws ModelFileError
 */
export function parseJson<T>(bytes: Uint8Array, name: string, schema: z.ZodType<T>): T {
  if (bytes.length > MAX_BYTES)
    throw new ModelFileError(
      `${quote(name)} has ${bytes.length} bytes, more than the ${MAX_BYTES} that a description of a network needs`,
      "Check that it is the model.json of a TensorFlow.js model",
    );
  if (depth(bytes) > MAX_DEPTH)
    throw new ModelFileError(
      `${quote(name)} nests deeper than ${MAX_DEPTH} levels`,
      "Check that it is the model.json of a TensorFlow.js model",
    );
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ModelFileError(`${quote(name)} is no JSON`, "It is cut off or damaged: get it again", {
      cause,
    });
  }
  return checked(json, quote(name), schema);
}

/**
 * What the schema makes of a part of the file.
 * @param where such as `"model.json"` or `layer "conv1"`
 * @throws ModelFileError that names the first thing that does not fit
 */
export function checked<T>(json: unknown, where: string, schema: z.ZodType<T>): T {
  const { data, error, success } = schema.safeParse(json);
  if (success) return data;
  const [issue] = error.issues;
  const at = issue && issue.path.length > 0 ? ` at ${quote(issue.path.map(String).join("."))}` : "";
  throw new ModelFileError(
    `${where} is not as TensorFlow.js writes it${at}: ${issue?.message ?? "it does not fit"}`,
    "Convert the model again with a current tensorflowjs_converter",
    { cause: error },
  );
}

const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\[]{}');

/** How deep brackets nest outside of strings; stops counting beyond the limit. */
function depth(bytes: Uint8Array): number {
  let deepest = 0;
  let level = 0;
  let quoted = false;
  for (let i = 0; i < bytes.length && deepest <= MAX_DEPTH; i++) {
    const byte = bytes[i];
    if (quoted) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) deepest = Math.max(deepest, ++level);
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) level--;
  }
  return deepest;
}
