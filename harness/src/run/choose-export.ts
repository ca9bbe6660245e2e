import { FORMATS, type Format } from "@mobilenet-bench/model-files";
import { UsageError } from "../usage-error.ts";

/** A command line of `mnb export`, as far as it says what goes where. */
export interface ExportWords {
  /** The model, then the output; of one alone, its ending tells which it is. */
  readonly words: readonly (string | undefined)[];
  readonly output?: string;
  readonly format?: Format;
}

/** What is written where, as the words of the command line tell it. */
export interface ExportChoice {
  /** Absent where none was named. */
  readonly model?: string;
  readonly output: string;
  readonly format: Format;
}

const ENDINGS: Readonly<Record<Format, RegExp>> = {
  onnx: /\.onnx$/i,
  safetensors: /\.safetensors$/i,
  // The folder of model.json and its weights.
  tfjs: /[/\\]$/,
};

/**
 * Which model goes where in which format: the ending of the output tells the format unless it is given.
 * @throws UsageError where that leaves something open, or where two things said contradict each other
 */
export function chooseExport({ words, output: named, format: given }: ExportWords): ExportChoice {
  const said = words.filter((word) => word !== undefined);
  const last = said.at(-1);
  const isOutput = last !== undefined && (said.length === 2 || formatOfPath(last) !== undefined);
  if (isOutput && named !== undefined)
    throw new UsageError(`"${last}" and --output ${named} are two outputs. Leave one out.`);
  const model = isOutput && said.length === 1 ? undefined : said[0];
  const output = isOutput ? last : named;
  if (output === undefined)
    throw new UsageError(
      "Say where to: a name ending in .onnx or .safetensors, or a folder NAME/ for TensorFlow.js.",
    );
  const told = formatOfPath(output);
  const format = given ?? told;
  if (format === undefined)
    throw new UsageError(
      `The name "${output}" tells no format. End it in .onnx, .safetensors or / (TensorFlow.js), or give --format.`,
    );
  if (told !== undefined && told !== format)
    throw new UsageError(`"${output}" is the name of another format than --format ${format}. Leave one out.`);
  return { ...(model !== undefined && { model }), output, format };
}

function formatOfPath(path: string): Format | undefined {
  return FORMATS.find((format) => ENDINGS[format].test(path));
}
