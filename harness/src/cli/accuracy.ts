import { Command } from "commander";
import { heldOutPictures, picturesIn } from "../classify/labelled-pictures.ts";
import { score, type Score } from "../classify/score.ts";
import { trainedModelPath } from "../classify/trained-model.ts";
import { percent, significant } from "@mobilenet-bench/results";
import { terminalLine } from "@mobilenet-bench/results/harmless";
import type { BrowserFlags } from "../plan/browser-flags.ts";
import { plainTable, trimLines } from "../report/table.ts";
import { readWeights } from "../run/given.ts";
import { inferWithProgress, renderFailures } from "./infer.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import {
  addBackendFilters,
  addBrowserOptions,
  addStrict,
  cropOption,
  count,
  type FilterOptions,
  type StrictOption,
} from "./options.ts";
import { print, printJson } from "./output.ts";

interface AccuracyOptions extends FilterOptions, BrowserFlags, StrictOption, FormatOptions {
  readonly weights?: string;
  readonly images?: string;
  readonly crop: number;
  readonly pictures: number;
}

export function accuracyCommand(): Command {
  return addFormats(addStrict(addBrowserOptions(addBackendFilters(new Command("accuracy")))))
    .description("Top-1 accuracy of trained weights on pictures of known classes, per backend and precision.")
    .option("--weights <file>", "a trained model (the one shipped with the project without this)")
    .option("--images <folder>", "one folder per class with PNG or JPEG files, in place of drawn pictures")
    .addOption(cropOption())
    .option("--pictures <count>", "at most so many", count, 1000)
    .action(async (options: AccuracyOptions) => {
      const weights = await readWeights(options.weights ?? trainedModelPath());
      const { source, inputs, labels } =
        options.images === undefined
          ? heldOutPictures(weights, options.pictures)
          : await picturesIn(options.images, weights, { count: options.pictures, crop: options.crop });
      const { reference, results } = await inferWithProgress(weights, inputs, options);
      const right = reference.map(({ values }) => values);
      const rows = [
        { id: "reference", of: score(right, labels, right), worst: null },
        ...results.flatMap((result) => {
          if (result.status !== "ok") return [];
          const { cell, logits, checks } = result;
          const worst = Math.max(...checks.map(({ worstFraction }) => worstFraction));
          return [
            {
              id: cell.id.slice(cell.model.length + 1),
              of: score(logits, labels, right),
              worst,
            },
          ];
        }),
      ];
      const heading = terminalLine(
        `${weights.name}: ${weights.model.name}, ${weights.model.classes} classes; ${source}`,
      );
      if (options.json) {
        const { name, sha256, model } = weights;
        const failed = results.flatMap(({ cell, ...rest }) =>
          rest.status === "ok" ? [] : [{ id: cell.id, ...rest }],
        );
        printJson({
          weights: {
            name,
            sha256,
            model: model.name,
            classes: model.classes,
          },
          pictures: source,
          cells: rows.map(({ id, of, worst }) => ({
            id,
            ...of,
            worstFraction: worst,
          })),
          failed,
        });
      } else print([heading, "", renderScores(rows), ...renderFailures(results)].join("\n"));
    });
}

interface Row {
  readonly id: string;
  readonly of: Score;
  /** Largest error of a logit as a fraction of its bound. */
  readonly worst: number | null;
}

function renderScores(rows: readonly Row[]): string {
  const table = plainTable(["left", "right", "right", "left", "right", "right", "right"]);
  table.push(["", "right", "top-1", "95 % interval", "top-5", "as reference", "of bound"]);
  for (const { id, of, worst } of rows)
    table.push([
      id,
      `${of.correct}/${of.pictures}`,
      percent(of.top1, 1),
      `${percent(of.interval[0], 1)} – ${percent(of.interval[1], 1)}`,
      percent(of.top5, 1),
      `${of.agreeing}/${of.pictures}`,
      worst === null ? "–" : significant(worst, 2),
    ]);
  return trimLines(table.toString());
}
