import { stringify } from "csv-stringify/sync";
import { markdownTable } from "markdown-table";
import pc from "picocolors";
import { ofPeak, type Cell, type Peaks } from "@mobilenet-bench/results";
import { COLUMNS, MARKS, marksOf, NARROW, onSoftwareAdapter, WIDE, type Column } from "./columns.ts";
import { fitLatency, type Fit } from "./fit.ts";
import { millions, percent, significant } from "./format.ts";
import { peakMeaning } from "./peak-meaning.ts";
import { PlainTable } from "./plain-table.ts";

type Colors = ReturnType<typeof pc.createColors>;

export interface TerminalOptions {
  /** Of the terminal, in characters. */
  readonly columns: number;
  readonly color: boolean;
  /** The cells that lines are fitted through, where the table shows only some of them. */
  readonly fitted?: readonly Cell[];
}

const WIDE_ENOUGH = 132;

/** Most mult-adds first; within a model the fastest first, then what ran on a software GPU, and what failed last. */
export function sortCells(cells: readonly Cell[]): Cell[] {
  const latency = (cell: Cell) => (cell.status === "ok" ? cell.latency.median : Infinity);
  const rank = (cell: Cell) => (cell.status !== "ok" ? 2 : Number(onSoftwareAdapter(cell)));
  return cells.toSorted(
    (a, b) =>
      b.multAdds - a.multAdds ||
      compareText(a.model, b.model) ||
      rank(a) - rank(b) ||
      compareNumbers(latency(a), latency(b)) ||
      compareText(a.id, b.id),
  );
}

/** The table for people, with the fits and the reasons of what failed beneath. */
export function renderTerminal(cells: readonly Cell[], peaks: Peaks, options: TerminalOptions): string {
  const colors = pc.createColors(options.color);
  const sorted = sortCells(cells);
  const table =
    options.columns >= WIDE_ENOUGH ? renderFlat(sorted, peaks, colors) : renderByModel(sorted, peaks, colors);
  return [
    table,
    `of peak: ${peakMeaning(peaks)}`,
    renderFits(fitLatency(sortCells(options.fitted ?? cells)), colors),
    renderReasons(sorted, colors),
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

export function renderMarkdown(cells: readonly Cell[], peaks: Peaks, fitted = cells): string {
  const rows = sortCells(cells).map((cell) => WIDE.map((column) => column.value(cell, peaks)));
  const align = WIDE.map((column) => column.align);
  const table = markdownTable([WIDE.map((column) => column.title), ...rows], { align });
  const noted = `${table}\n\nof peak: ${peakMeaning(peaks)}`;
  const fits = fitLatency(fitted);
  if (fits.length === 0) return noted;
  return `${noted}\n\n${markdownTable([FIT_TITLES, ...fits.map(fitRow)], { align: ["l", "r", "r", "r", "r", "l"] })}`;
}

/** Machine-readable: full precision, one row per cell. */
export function renderCsv(cells: readonly Cell[], peaks: Peaks): string {
  const records = sortCells(cells).map((cell) => ({
    id: cell.id,
    model: cell.model,
    backend: cell.backend,
    target: cell.target,
    options: cell.id.split("?")[1] ?? "",
    status: cell.status,
    marks: marksOf(cell, peaks)
      .map((mark) => MARKS[mark].word)
      .join("; "),
    mult_adds: cell.multAdds,
    params: cell.params,
    ...(cell.status === "ok"
      ? {
          median_ms: cell.latency.median,
          ci95_low_ms: cell.latency.ci95[0],
          ci95_high_ms: cell.latency.ci95[1],
          min_ms: cell.latency.min,
          p90_ms: cell.latency.p90,
          gmacs: cell.gmacs,
          fraction_of_peak: ofPeak(cell, peaks)?.fraction,
          peak_style: ofPeak(cell, peaks)?.style,
          import_ms: cell.coldStart.importMs,
          load_ms: cell.coldStart.loadMs,
          first_inference_ms: cell.coldStart.firstInferenceMs,
          max_abs_error: cell.correctness.maxAbsError,
          bound: cell.correctness.bound,
        }
      : { reason: cell.reason }),
  }));
  return stringify(records, { header: true, columns: CSV_COLUMNS }).trimEnd();
}

const CSV_COLUMNS = [
  "id",
  "model",
  "backend",
  "target",
  "options",
  "status",
  "marks",
  "mult_adds",
  "params",
  "median_ms",
  "ci95_low_ms",
  "ci95_high_ms",
  "min_ms",
  "p90_ms",
  "gmacs",
  "fraction_of_peak",
  "peak_style",
  "import_ms",
  "load_ms",
  "first_inference_ms",
  "max_abs_error",
  "bound",
  "reason",
];

function renderFlat(sorted: readonly Cell[], peaks: Peaks, colors: Colors): string {
  const table = startTable(WIDE, colors);
  table.push(...sorted.map((cell) => renderRow(cell, WIDE, peaks, colors)));
  return trimLines(table.toString());
}

/** What cells of one model share stands once, above them. */
function renderByModel(sorted: readonly Cell[], peaks: Peaks, colors: Colors): string {
  const table = startTable(NARROW, colors);
  for (const [model, cells] of Map.groupBy(sorted, ({ model }) => model)) {
    const { multAdds = 0, params = 0 } = cells[0] ?? {};
    const heading = `${colors.bold(model)}  ${millions(multAdds)} M mult-adds, ${millions(params, 2)} M params`;
    table.push([{ colSpan: NARROW.length, content: "" }], [{ colSpan: NARROW.length, content: heading }]);
    table.push(...cells.map((cell) => renderRow(cell, NARROW, peaks, colors)));
  }
  const used = new Set(sorted.flatMap((cell) => marksOf(cell, peaks)));
  const legend = [...used].map((mark) => `${mark}: ${MARKS[mark].meaning}`);
  return [trimLines(table.toString()), legend.join("\n")].filter(Boolean).join("\n\n");
}

function startTable(columns: readonly Column[], colors: Colors) {
  const table = plainTable(columns.map(({ align }) => align));
  table.push(columns.map(({ title }) => colors.dim(title)));
  return table;
}

function renderRow(cell: Cell, columns: readonly Column[], peaks: Peaks, colors: Colors): string[] {
  return columns.map((column) => {
    const text = column.value(cell, peaks);
    return column.title === COLUMNS.status.title ? paint(cell, text, colors) : text;
  });
}

const FIT_TITLES = ["backend", "models", "ms per 1e9", "intercept ms", "R²", "worst residual"];

function fitRow({ backend, models, slope, intercept, rSquared, worst }: Fit): string[] {
  const sign = worst.residual > 0 ? "+" : "";
  return [
    backend,
    String(models),
    significant(slope),
    significant(intercept),
    rSquared.toFixed(4),
    `${sign}${percent(worst.residual)} ${worst.model.replace(/^mobilenet_v1_/, "")}`,
  ];
}

function renderFits(fits: readonly Fit[], colors: Colors): string {
  if (fits.length === 0) return "";
  const table = plainTable(["left", "right", "right", "right", "right", "left"]);
  table.push(FIT_TITLES.map((title) => colors.dim(title)));
  table.push(...fits.map(fitRow));
  return `${colors.bold("Latency as a line over mult-adds")}\n${trimLines(table.toString())}`;
}

/** Each reason once, however many cells share it. */
function renderReasons(cells: readonly Cell[], colors: Colors): string {
  const failed = cells.flatMap((cell) => (cell.status === "ok" ? [] : [cell]));
  const groups = Map.groupBy(failed, ({ backend, status, reason, remedy = "" }) =>
    [`${backend}: ${status}. ${reason}`, remedy].filter(Boolean).join(" "),
  );
  return [...groups]
    .map(([text, { length }]) => colors.yellow(`! ${text}${length > 1 ? ` (${length} cells)` : ""}`))
    .join("\n");
}

export function plainTable(aligns: readonly ("left" | "right")[]): PlainTable {
  return new PlainTable(aligns);
}

function paint(cell: Cell, text: string, colors: Colors): string {
  if (cell.status === "ok") return text === "ok" ? colors.green(text) : colors.yellow(text);
  return cell.status === "unsupported" ? colors.dim(text) : colors.red(text);
}

export function trimLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Infinity minus itself is not a number. */
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
