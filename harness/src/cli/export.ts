import { terminalLine } from "@mobilenet-bench/results/harmless";
import { resolve } from "node:path";
import { Command, Option } from "commander";
import { FORMATS, writeModelFile, type Format, type WritableModel } from "@mobilenet-bench/model-files";
import { generateWeights, parseModelName } from "@mobilenet-bench/spec";
import { probeOutput } from "../probe-output.ts";
import { chooseExport } from "../run/choose-export.ts";
import { readWeights } from "../run/given.ts";
import { whyTooLarge } from "../run/too-large.ts";
import { UsageError } from "../usage-error.ts";
import { count, wholeNumber } from "./options.ts";
import { print, printJson } from "./output.ts";

interface ExportOptions {
  readonly weights?: string;
  readonly seed: number;
  readonly classes?: number;
  readonly format?: Format;
  readonly output?: string;
  readonly json?: boolean;
}

export function exportCommand(): Command {
  return new Command("export")
    .description("A model as ONNX, TensorFlow.js layers model or safetensors, batch norm as trained.")
    .argument("[model]", "with weights generated from the seed (mobilenet_v1_1.0_224 without this)")
    .argument(
      "[output]",
      "the file: NAME.onnx or NAME.safetensors; or the folder of a TensorFlow.js model: NAME/",
    )
    .option("--weights <file>", "a trained model, in place of a generated one (formats: see mnb import)")
    .option("--seed <number>", "of generated weights", wholeNumber, 1)
    .option("--classes <count>", "of a generated model's classifier (1000 without this)", count)
    .addOption(new Option("--format <name>", "of the file, where its name does not tell").choices(FORMATS))
    .option("--output <path>", "the file or folder, in place of the last word")
    .option("--json", "JSON on standard output")
    .action(async (model: string | undefined, output: string | undefined, options: ExportOptions) => {
      const chosen = chooseExport({ words: [model, output], ...options });
      const path = resolve(chosen.output);
      await probeOutput(path, chosen.format === "tfjs" ? "folder" : "file");
      const file = await chooseModel(chosen.model, options);
      await writeModelFile(file, path, chosen.format);
      if (options.json) printJson({ model: file.model.name, format: chosen.format, output: path });
      else print(terminalLine(path));
    });
}

async function chooseModel(
  name: string | undefined,
  { weights: path, seed, classes }: ExportOptions,
): Promise<WritableModel> {
  if (path === undefined) {
    const model = parseModelName(name ?? "mobilenet_v1_1.0_224", classes);
    const tooLarge = whyTooLarge(model);
    if (tooLarge) throw new UsageError(`${tooLarge.reason} ${tooLarge.remedy}`);
    return { model, weights: generateWeights(model, seed) };
  }
  if (name !== undefined) throw new UsageError("Name a model, or give one with --weights: one of the two.");
  return readWeights(path);
}
