import { ofPeak, type Cell, type OkCell, type Peaks, type RankRange } from "@mobilenet-bench/results";
import { millions, percent, significant } from "./format.ts";
import { marksOf } from "./marks.ts";
import { peakMeaning } from "./peak-meaning.ts";
import type { AnotherRun, Clocked, Ratio } from "@mobilenet-bench/results";

/** What figures of a cell are set against. */
export interface Context {
  readonly peaks: Peaks;
  /** By cell id. */
  readonly ratios: ReadonlyMap<string, Ratio>;
  /** Among the cells of a model that are shown, by cell id. */
  readonly ranks: ReadonlyMap<string, RankRange>;
  /** What ratios are of, where it was named: `BACKEND/TARGET?option=value`. */
  readonly base?: string;
  /** At the machine's reference clock, by cell id. */
  readonly clocked: ReadonlyMap<string, Clocked>;
  /** Within what another run would be, by cell id. */
  readonly another: ReadonlyMap<string, AnotherRun>;
}

/** One column of the table of latency against mult-adds. */
export interface Column {
  /** Where columns are few, the line break stands; elsewhere it is a space. */
  readonly title: string | ((context: Context) => string);
  readonly align: "left" | "right";
  readonly value: (cell: Cell, context: Context) => string;
  /** What the legend says of it: a sentence without its subject, which is the title. */
  readonly meaning?: string | ((context: Context) => string);
  /** Left out where no cell has anything in it. */
  readonly optional?: true;
}

const WITHIN = "95 % within\nthis run";

/** Every column that some table has: another one is another entry, and a layout that shows it. */
export const COLUMNS = {
  model: left("model", (cell) => cell.model),
  backend: left("backend", (cell) => cell.backend),
  options: left("options", optionsText),
  backendWithOptions: left("backend", (cell) => [cell.backend, optionsText(cell)].filter(Boolean).join(" ")),
  multAdds: right("M mult-adds", (cell) => millions(cell.multAdds)),
  params: right("M params", (cell) => millions(cell.params, 2)),
  rank: {
    ...right(
      "rank",
      okOnly(({ id }, { ranks }) => rankText(ranks.get(id))),
    ),
    meaning: "best to worst that ratios within this run leave open, each at 95 %",
  },
  ratio: {
    title: ({ base }) => `×\n${base === undefined ? "fastest" : baseName(base)}`,
    align: "right",
    value: ratioOnly(({ value }) => significant(value)),
    meaning: ({ base }) =>
      `times the latency of ${base === undefined ? "the model's fastest cell" : base}, round by round`,
  },
  ratioInterval: right(
    WITHIN,
    ratioOnly(({ ci95 }) => (ci95 ? interval(ci95) : "")),
  ),
  median: right(
    "median\nms",
    okOnly(({ latency }) => significant(latency.median)),
  ),
  interval: {
    ...right(
      WITHIN,
      okOnly(({ latency }) => interval(latency.ci95)),
    ),
    meaning: "other runs differ by more than these intervals tell",
  },
  clocked: {
    ...right(
      "at reference\nclock ms",
      okOnly(({ id }, { clocked }) => {
        const figure = clocked.get(id);
        return figure ? `${significant(figure.ms)} ${plusMinus(figure.ci95)}` : "";
      }),
    ),
    meaning: "comparable with other runs here, 95 % of them within ±",
    optional: true,
  },
  another: {
    ...right(
      "another\nrun here",
      okOnly(({ id }, { another }) => {
        const told = another.get(id);
        return told ? `${plusMinus(told.ci95)} (${told.earlierRuns})` : "";
      }),
    ),
    meaning: "its median, 95 %, as told by (so many) earlier runs",
    optional: true,
  },
  gmacs: {
    ...right(
      "1e9\nma/s",
      okOnly(({ gmacs }) => significant(gmacs)),
    ),
    meaning: "1e9 mult-adds per second",
  },
  peak: {
    ...right(
      "of\npeak",
      okOnly((cell, { peaks }) => {
        const share = ofPeak(cell, peaks);
        return share === undefined ? "–" : percent(share.fraction);
      }),
    ),
    meaning: ({ peaks }) => peakMeaning(peaks),
  },
  coldStart: {
    ...right(
      "cold\nms",
      okOnly(({ coldStart }) => coldStartMs(coldStart).toFixed(0)),
    ),
    meaning: "import, load and first inference",
  },
  memory: {
    ...right("memory\nMB", okOnly(memoryText)),
    meaning:
      "the most that the runner held (in pages: the page), and its WebAssembly and GPU memory where they are told",
  },
  status: left("status", (cell, { peaks }) =>
    [cell.status, ...marksOf(cell, peaks).map(({ word }) => word)].join(", "),
  ),
  shortStatus: left("status", (cell, { peaks }) =>
    [
      cell.status,
      marksOf(cell, peaks)
        .map(({ letter }) => letter)
        .join(""),
    ]
      .join(" ")
      .trim(),
  ),
} satisfies Record<string, Column>;

/** On one line. */
export function titleOf({ title }: Column, context: Context): string {
  return headOf({ title }, context).replaceAll("\n", " ");
}

/** On as many lines as it is made for. */
export function headOf({ title }: Pick<Column, "title">, context: Context): string {
  return typeof title === "string" ? title : title(context);
}

/** From nothing to the first answer. */
function coldStartMs({ importMs, loadMs, firstInferenceMs }: OkCell["coldStart"]): number {
  return importMs + loadMs + firstInferenceMs;
}

/** `106, wasm 2.8`; a dash where nothing is told. */
function memoryText({ memory = {} }: OkCell): string {
  const { peakRssBytes, pageBytes, wasmBytes, gpuBytes } = memory;
  const parts = [
    megabytes("", peakRssBytes ?? pageBytes),
    megabytes("wasm ", wasmBytes),
    megabytes("GPU ", gpuBytes),
  ];
  return parts.filter((part) => part !== undefined).join(", ") || "–";
}

function megabytes(of: string, bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : `${of}${significant(bytes / 1e6)}`;
}

function optionsText({ options, target }: Cell): string {
  const pairs = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return (target === "node" ? pairs : [target, ...pairs]).join(" ");
}

/** Low and high, since an interval of a median has no middle. */
function interval([low, high]: readonly [number, number]): string {
  return `${significant(low)}–${significant(high)}`;
}

/** One number where it is certain. */
function rankText(range: RankRange | undefined): string {
  if (range === undefined) return "–";
  const [best, worst] = range;
  return best === worst ? String(best) : `${best}–${worst}`;
}

/** Half the width of an interval that is as many times below its middle as above, as a share of that. */
function plusMinus([low, high]: readonly [number, number]): string {
  return `±${percent(Math.sqrt(high / low) - 1, 1)}`;
}

/** The columns that say something of these cells. */
export function columnsWithContent(
  columns: readonly Column[],
  context: Context & { readonly cells: readonly Cell[] },
): readonly Column[] {
  return columns.filter(
    ({ optional, value }) => !optional || context.cells.some((cell) => value(cell, context) !== ""),
  );
}

/** As rows name it: the usual target is left out. */
function baseName(base: string): string {
  return base.replace(/\/node(?=\?|$)/, "");
}

function left(title: string, value: Column["value"]): Column {
  return { title, align: "left", value };
}

function right(title: string, value: Column["value"]): Column {
  return { title, align: "right", value };
}

/** Only `ok` carries figures. */
function okOnly(value: (cell: OkCell, context: Context) => string): Column["value"] {
  return (cell, context) => (cell.status === "ok" ? value(cell, context) : "");
}

/** What is measured and cannot be compared has a dash. */
function ratioOnly(value: (ratio: Ratio) => string): Column["value"] {
  return okOnly(({ id }, { ratios }) => {
    const ratio = ratios.get(id);
    return ratio ? value(ratio) : "–";
  });
}
