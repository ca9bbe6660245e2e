import { Command } from "commander";
import { comparePaper, MODEL_FORM, parseModelName, type Model } from "@mobilenet-bench/spec";
import { renderPaper } from "../report/paper.ts";
import { millions } from "@mobilenet-bench/results";
import { plainTable, trimLines } from "../report/table.ts";
import { UsageError } from "../usage-error.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { wholeNumber } from "./options.ts";
import { print, printJson } from "./output.ts";

interface SpecOptions extends FormatOptions {
  readonly paper?: boolean;
  readonly classes?: number;
}

export function specCommand(): Command {
  return (
    addFormats(new Command("spec"))
      .description("A model's layers with shapes, mult-adds and parameters.")
      // A blank, so that terminals of 80 columns can break it.
      .argument("[model]", MODEL_FORM.replace("[", " ["))
      .option("--paper", "each published figure beside the computed one")
      .option("--classes <count>", "outputs of the classifier (1000 without this)", wholeNumber)
      .action((name: string | undefined, options: SpecOptions) => {
        if (options.paper) {
          if (name !== undefined) throw new UsageError("--paper takes no model. Leave one of the two out.");
          const comparison = comparePaper();
          return options.json ? printJson(comparison) : print(renderPaper(comparison));
        }
        const model = parseModelName(name ?? "mobilenet_v1_1.0_224", options.classes);
        return options.json ? printJson(specJson(model)) : print(renderModel(model));
      })
  );
}

/** Exact integers throughout. */
function specJson({ name, alpha, resolution, classes, multAdds, params, layers }: Model) {
  const rows = layers.map(({ name, type, kernel, stride, input, output, multAdds, params }) => ({
    name,
    type,
    kernel,
    stride,
    input,
    output,
    multAdds,
    params,
  }));
  return { model: name, alpha, resolution, classes, multAdds, params, layers: rows };
}

function renderModel({ name, multAdds, params, layers }: Model): string {
  const table = plainTable(["left", "left", "right", "right", "left", "left", "right", "right"]);
  table.push(["layer", "type", "kernel", "stride", "input", "output", "mult-adds", "params"]);
  for (const layer of layers)
    table.push([
      layer.name,
      layer.type,
      `${layer.kernel}×${layer.kernel}`,
      String(layer.stride),
      layer.input.join("×"),
      layer.output.join("×"),
      String(layer.multAdds),
      String(layer.params),
    ]);
  const total = `${name}: ${multAdds} mult-adds (${millions(multAdds)} M), ${params} params (${millions(params, 2)} M)`;
  return `${trimLines(table.toString())}\n\n${total}`;
}
