import { basename } from "node:path";
import { Command } from "commander";
import type { Inferred } from "../classify/infer-cell.ts";
import { findLabels, type ClassLabels } from "../classify/labels.ts";
import { rank, type Ranked } from "../classify/rank.ts";
import { sideBySide } from "../classify/side-by-side.ts";
import { terminalLine } from "@mobilenet-bench/results/harmless";
import type { BrowserFlags } from "../plan/browser-flags.ts";
import { readWeights, type WeightsFile } from "../run/given.ts";
import { readPicture } from "../run/picture.ts";
import { trainedModelPath } from "../classify/trained-model.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import {
  addBrowserOptions,
  addStrict,
  cropOption,
  addBackendFilters,
  type FilterOptions,
  type StrictOption,
} from "./options.ts";
import { print, printJson, terminal } from "./output.ts";
import { inferWithProgress, renderFailures } from "./infer.ts";

interface ClassifyOptions extends FilterOptions, BrowserFlags, StrictOption, FormatOptions {
  readonly weights?: string;
  readonly labels?: string;
  readonly crop: number;
}

const SHOWN = 5;

export function classifyCommand(): Command {
  const command = new Command("classify")
    .description("What each backend sees in pictures: its five likeliest classes, side by side.")
    .argument("<image...>", "PNG or JPEG files");
  return addFormats(addStrict(addBrowserOptions(addBackendFilters(command))))
    .option("--weights <file>", "a trained model (the one shipped with the project without this)")
    .option(
      "--labels <file>",
      "the names of the classes: a line each, or a JSON array (the model file's own without this; of 1000 or 1001 classes without names, ImageNet's)",
    )
    .addOption(cropOption())
    .action(async (images: string[], options: ClassifyOptions) => {
      const weights = await readWeights(options.weights ?? trainedModelPath());
      const named = await findLabels(weights, options.labels);
      const pictures = await Promise.all(images.map(readPicture));
      const inputs = await Promise.all(
        pictures.map((picture) => picture.input(weights.model.resolution, options.crop)),
      );
      const { reference, results } = await inferWithProgress(weights, inputs, options);
      const answers = pictures.map((picture, index) => ({
        picture: picture.path,
        reference: rank(reference[index]?.values ?? new Float64Array()),
        results: results.map((result) => ({
          result,
          ranked: result.status === "ok" ? rank(result.logits[index] ?? new Float32Array()) : [],
        })),
      }));
      if (options.json) printJson(toJson(answers, weights, named));
      else
        print(
          [...answers.map((answer) => render(answer, weights, named)), ...renderFailures(results)].join("\n"),
        );
    });
}

interface Answer {
  readonly picture: string;
  readonly reference: readonly Ranked[];
  readonly results: readonly {
    readonly result: Inferred;
    readonly ranked: readonly Ranked[];
  }[];
}

function toJson(answers: readonly Answer[], { name, sha256, model }: WeightsFile, labels?: ClassLabels) {
  const named = ({ index, probability }: Ranked) => ({
    index,
    label: labels?.labels[index] ?? null,
    probability,
  });
  return {
    weights: { name, sha256, model: model.name, classes: model.classes, labels: labels?.from ?? null },
    pictures: answers.map(({ picture, reference, results }) => ({
      picture,
      reference: reference.slice(0, SHOWN).map(named),
      cells: results.map(({ result, ranked }) =>
        result.status === "ok"
          ? {
              id: result.cell.id,
              status: result.status,
              top5: ranked.slice(0, SHOWN).map(named),
            }
          : {
              id: result.cell.id,
              status: result.status,
              reason: result.reason,
            },
      ),
    })),
  };
}

function render(
  { picture, reference, results }: Answer,
  { model }: WeightsFile,
  named: ClassLabels | undefined,
): string {
  const isNodeAlone = results.every(({ result }) => result.cell.target === "node");
  const opinions = results.flatMap(({ result: { cell, status }, ranked }) => {
    const name = cell.id.slice(cell.model.length + 1);
    return status === "ok" ? [{ name: isNodeAlone ? name.replace("/node", "") : name, ranked }] : [];
  });
  const table = sideBySide(
    [{ name: "reference", ranked: reference }, ...opinions],
    (index) => terminalLine(named?.labels[index] ?? `class ${index}`),
    { shown: SHOWN, columns: terminal().columns },
  );
  const assumed =
    named?.from === "imagenet-assumed" ? ", taken for ImageNet's: the file names none (--labels does)" : "";
  return `${terminalLine(basename(picture))}  ${model.name}, ${model.classes} classes${assumed}\n${table}\n`;
}
