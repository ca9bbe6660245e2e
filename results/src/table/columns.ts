import type { Peaks } from "../of-peak.ts";
import { millions, percent, significant } from "./format.ts";
import { letterOf } from "./marks.ts";
import { peakMeaning } from "./peak-meaning.ts";
import type { TableRow } from "./row.ts";
import { coldStartMs, intervalText, memoryText, optionsText, plusMinusText, rankText } from "./words.ts";

/** What titles and meanings depend on; all else stands in the rows. */
export interface TableContext {
  /** Of the machine that all rows are of; absent where they are of several runs. */
  readonly peaks?: Peaks;
  /** What ratios are of, where it was named: `BACKEND/TARGET?option=value`. */
  readonly base?: string;
}

/** One column of the table of latency against mult-adds. */
export interface TableColumn {
  /** Where columns are few, the line break stands; elsewhere it is a space. */
  readonly title: string | ((context: TableContext) => string);
  readonly align: "left" | "right";
  readonly value: (row: TableRow) => string;
  /** What the legend says of it: a sentence without its subject, which is the title. */
  readonly meaning?: string | ((context: TableContext) => string);
  /** Left out where no row has anything in it. */
  readonly optional?: true;
}

const WITHIN = "95 % within\nthis run";

/** Every column that some table has: another one is another entry, and a layout that shows it. */
export const TABLE_COLUMNS = {
  model: left("model", ({ model }) => model),
  backend: left("backend", ({ backend }) => backend),
  options: left("options", optionsText),
  backendWithOptions: left("backend", (row) => [row.backend, optionsText(row)].filter(Boolean).join(" ")),
  multAdds: right("M mult-adds", ({ multAdds }) => millions(multAdds)),
  params: right("M params", ({ params }) => millions(params, 2)),
  rank: {
    ...right(
      "rank",
      measured(({ rank }) => rankText(rank)),
    ),
    meaning: "best to worst that ratios within this run leave open, each at 95 %",
  },
  ratio: {
    title: ({ base }) => `×\n${base === undefined ? "fastest" : baseName(base)}`,
    align: "right",
    value: measured(({ ratio }) => (ratio ? significant(ratio.value) : "–")),
    meaning: ({ base }) =>
      `times the latency of ${base === undefined ? "the model's fastest cell" : base}, round by round`,
    optional: true,
  },
  ratioInterval: {
    ...right(
      WITHIN,
      measured(({ ratio }) => {
        if (!ratio) return "–";
        return ratio.ci95 ? intervalText(ratio.ci95) : "";
      }),
    ),
    optional: true,
  },
  median: right("median\nms", ({ ms }) => (ms === undefined ? "" : significant(ms))),
  interval: {
    ...right(WITHIN, ({ ci95 }) => (ci95 ? intervalText(ci95) : "")),
    meaning: "other runs differ by more than these intervals tell",
  },
  clocked: {
    ...right("at reference\nclock ms", ({ clocked }) =>
      clocked ? `${significant(clocked.ms)} ${plusMinusText(clocked.ci95)}` : "",
    ),
    meaning: "comparable with other runs here, 95 % of them within ±",
    optional: true,
  },
  another: {
    ...right("another\nrun here", ({ another }) =>
      another ? `${plusMinusText(another.ci95)} (${another.earlierRuns})` : "",
    ),
    meaning: "its median, 95 %, as told by (so many) earlier runs",
    optional: true,
  },
  gmacs: {
    ...right("1e9\nma/s", ({ gmacs }) => (gmacs === undefined ? "" : significant(gmacs))),
    meaning: "1e9 mult-adds per second",
  },
  peak: {
    ...right(
      "of\npeak",
      measured(({ ofPeak }) => (ofPeak ? percent(ofPeak.fraction) : "–")),
    ),
    meaning: ({ peaks }) => (peaks ? peakMeaning(peaks) : "share of the machine's peak on as many threads"),
  },
  coldStart: {
    ...right("cold\nms", ({ coldStart }) => (coldStart ? coldStartMs(coldStart).toFixed(0) : "")),
    meaning: "import, load and first inference",
  },
  memory: {
    ...right(
      "memory\nMB",
      measured(({ memory }) => memoryText(memory)),
    ),
    meaning:
      "the most that the runner held (in pages: the page), and its WebAssembly and GPU memory where they are told",
    optional: true,
  },
  status: left("status", ({ status, marks }) => [status, ...marks].join(", ")),
  shortStatus: left("status", ({ status, marks }) => `${status} ${marks.map(letterOf).join("")}`.trim()),
} satisfies Record<string, TableColumn>;

/** All that can stand beside a row's name, in the order of every table that has it. */
export const FIGURE_COLUMNS: readonly TableColumn[] = [
  TABLE_COLUMNS.rank,
  TABLE_COLUMNS.ratio,
  TABLE_COLUMNS.ratioInterval,
  TABLE_COLUMNS.median,
  TABLE_COLUMNS.interval,
  TABLE_COLUMNS.gmacs,
  TABLE_COLUMNS.peak,
  TABLE_COLUMNS.coldStart,
  TABLE_COLUMNS.clocked,
  TABLE_COLUMNS.another,
  TABLE_COLUMNS.memory,
  TABLE_COLUMNS.status,
];

/** One row says it all: for scripts, spreadsheets, Markdown and the widest terminals. */
export const WIDEST_COLUMNS: readonly TableColumn[] = [
  TABLE_COLUMNS.model,
  TABLE_COLUMNS.backend,
  TABLE_COLUMNS.options,
  TABLE_COLUMNS.multAdds,
  TABLE_COLUMNS.params,
  ...FIGURE_COLUMNS,
];

/** On one line. */
export function titleOf({ title }: Pick<TableColumn, "title">, context: TableContext): string {
  return headOf({ title }, context).replaceAll("\n", " ");
}

/** On as many lines as it is made for. */
export function headOf({ title }: Pick<TableColumn, "title">, context: TableContext): string {
  return typeof title === "string" ? title : title(context);
}

/** The columns that say something of these rows. */
export function columnsWithContent(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
): readonly TableColumn[] {
  const says = (text: string) => text !== "" && text !== "–";
  return columns.filter(({ optional, value }) => !optional || rows.some((row) => says(value(row))));
}

/** As rows name it: the usual target is left out. */
function baseName(base: string): string {
  return base.replace(/\/node(?=\?|$)/, "");
}

function left(title: string, value: TableColumn["value"]) {
  return { title, align: "left", value } as const;
}

function right(title: string, value: TableColumn["value"]) {
  return { title, align: "right", value } as const;
}

/** Only what was measured carries figures: there, what cannot be told has a dash. */
function measured(value: TableColumn["value"]): TableColumn["value"] {
  return (row) => (row.ms === undefined ? "" : value(row));
}
