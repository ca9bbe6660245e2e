import { basename, resolve } from "node:path";
import { Command } from "commander";
import { writeModelFile } from "@mobilenet-bench/model-files";
import { modelsFolder } from "../folders.ts";
import { millions } from "@mobilenet-bench/results";
import { terminalLine } from "@mobilenet-bench/results/harmless";
import { probeOutput } from "../probe-output.ts";
import { readWeights } from "../run/given.ts";
import { readLabels } from "../classify/labels.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { wholeNumber } from "./options.ts";
import { note, print, printJson } from "./output.ts";

interface ImportOptions extends FormatOptions {
  readonly resolution?: number;
  readonly labels?: string;
  readonly output?: string;
}

export function importCommand(): Command {
  return addFormats(new Command("import"))
    .description("A trained MobileNet V1 from ONNX or TensorFlow.js, as one .safetensors file.")
    .argument("<file>", ".onnx, .safetensors, or the model.json of a TensorFlow.js layers or graph model")
    .option("--resolution <pixels>", "where the file leaves the input's size open", wholeNumber)
    .option("--labels <file>", "the names of the classes: a line each, or a JSON array")
    .option("--output <file>", "the .safetensors file (in .mnb/models without this)")
    .action(async (path: string, options: ImportOptions) => {
      await probeOutput(options.output ?? modelsFolder(), options.output === undefined ? "folder" : "file");
      const file = await readWeights(path, options.resolution);
      const { model, notes, format, name, sha256 } = file;
      const labels = options.labels === undefined ? file.labels : await readLabels(options.labels, model);
      const stem = basename(path).replace(/\.(onnx|json|safetensors)$/, "");
      const output = resolve(
        options.output ?? `${modelsFolder()}/${stem === "model" ? model.name : stem}.safetensors`,
      );
      await writeModelFile({ ...file, ...(labels && { labels }) }, output, "safetensors");
      const { multAdds, params, classes } = model;
      if (options.json)
        printJson({
          model: model.name,
          classes,
          multAdds,
          params,
          format,
          name,
          sha256,
          notes,
          output,
        });
      else
        print(
          [
            `${terminalLine(name)} (${format}) is ${model.name} with ${classes} classes: ${millions(multAdds)} M mult-adds, ${millions(params, 2)} M params.`,
            ...notes.map((text) => `  ${terminalLine(text)}`),
            terminalLine(output),
          ].join("\n"),
        );
      note(`Use it: mnb run --weights ${output}`);
    });
}
