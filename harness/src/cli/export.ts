import { resolve } from "node:path";
import { Command, Option } from "commander";
import { FORMATS, writeModelFile, type Format, type WritableModel } from "@mobilenet-bench/model-files";
import { generateWeights, parseModelName } from "@mobilenet-bench/spec";
import { probeOutput } from "../probe-output.ts";
import { readWeights } from "../run/given.ts";
import { UsageError } from "../usage-error.ts";
import { count, wholeNumber } from "./options.ts";
import { print, printJson } from "./output.ts";

interface ExportOptions {
  readonly weights?: string;
  readonly seed: number;
  readonly classes?: number;
  readonly format: Format;
  readonly output: string;
  readonly json?: boolean;
}

export function exportCommand(): Command {
  return new Command("export")
    .description("A model as ONNX, TensorFlow.js layers model or safetensors, batch norm as trained.")
    .argument("[model]", "with weights generated from the seed, such as mobilenet_v1_0.5_160")
    .option("--weights <file>", "a trained model, in place of a generated one (formats: see mnb import)")
    .option("--seed <number>", "of generated weights", wholeNumber, 1)
    .option("--classes <count>", "of a generated model's classifier (1000 without this)", count)
    .addOption(new Option("--format <name>", "of the file").choices(FORMATS).makeOptionMandatory())
    .requiredOption("--output <path>", "the file, or the folder of a TensorFlow.js model")
    .option("--json", "JSON on standard output")
    .action(async (name: string | undefined, options: ExportOptions) => {
      const output = resolve(options.output);
      await probeOutput(output, options.format === "tfjs" ? "folder" : "file");
      const file = await chooseModel(name, options);
      await writeModelFile(file, output, options.format);
      if (options.json) printJson({ model: file.model.name, format: options.format, output });
      else print(output);
    });
}

async function chooseModel(
  name: string | undefined,
  { weights: path, seed, classes }: ExportOptions,
): Promise<WritableModel> {
  if ((name === undefined) === (path === undefined))
    throw new UsageError("Name a model, or give one with --weights: one of the two.");
  if (path !== undefined) return readWeights(path);
  const model = parseModelName(name ?? "", classes);
  return { model, weights: generateWeights(model, seed) };
}
