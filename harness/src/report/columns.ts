import { abovePeak, ofPeak, type Cell, type Doubt, type OkCell, type Peaks } from "@mobilenet-bench/results";
import { millions, percent, significant } from "./format.ts";

/** One column of the table of latency against mult-adds. */
export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
  readonly value: (cell: Cell, peaks: Peaks) => string;
}

export const COLUMNS = {
  model: left("model", (cell) => cell.model),
  backend: left("backend", (cell) => cell.backend),
  options: left("options", optionsText),
  backendWithOptions: left("backend", (cell) => [cell.backend, optionsText(cell)].filter(Boolean).join(" ")),
  multAdds: right("M mult-adds", (cell) => millions(cell.multAdds)),
  params: right("M params", (cell) => millions(cell.params, 2)),
  median: right(
    "median ms",
    okOnly(({ latency }) => significant(latency.median)),
  ),
  interval: right(
    "95 % interval",
    okOnly(({ latency }) => latency.ci95.map((ms) => significant(ms)).join("–")),
  ),
  spread: right(
    "±",
    okOnly(({ latency: { ci95, median } }) => percent((ci95[1] - ci95[0]) / 2 / median, 1)),
  ),
  gmacs: right(
    "1e9 ma/s",
    okOnly(({ gmacs }) => significant(gmacs)),
  ),
  peak: right(
    "of peak",
    okOnly((cell, peaks) => {
      const share = ofPeak(cell, peaks);
      return share === undefined ? "–" : percent(share.fraction);
    }),
  ),
  coldStart: right(
    "cold ms",
    okOnly(({ coldStart }) => coldStartMs(coldStart).toFixed(0)),
  ),
  status: left("status", statusText),
  shortStatus: left("status", shortStatus),
} satisfies Record<string, Column>;

export const WIDE = [
  COLUMNS.model,
  COLUMNS.backend,
  COLUMNS.options,
  COLUMNS.multAdds,
  COLUMNS.params,
  COLUMNS.median,
  COLUMNS.interval,
  COLUMNS.gmacs,
  COLUMNS.peak,
  COLUMNS.coldStart,
  COLUMNS.status,
];

/** Under a heading per model, which says the rest: fits 80 columns. */
export const NARROW = [
  COLUMNS.backendWithOptions,
  COLUMNS.median,
  COLUMNS.spread,
  COLUMNS.gmacs,
  COLUMNS.peak,
  COLUMNS.coldStart,
  COLUMNS.shortStatus,
];

/** From nothing to the first answer. */
function coldStartMs({ importMs, loadMs, firstInferenceMs }: OkCell["coldStart"]): number {
  return importMs + loadMs + firstInferenceMs;
}

function optionsText({ options, target }: Cell): string {
  const pairs = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return (target === "node" ? pairs : [target, ...pairs]).join(" ");
}

/**
 * Whether a processor played the part of the GPU: such a figure shows that the backend is correct, not how fast it
 * is, and is never ranked with figures of hardware.
 */
export function onSoftwareAdapter(cell: Cell): boolean {
  const adapter = cell.actual?.["adapter"];
  return (
    typeof adapter === "object" && adapter !== null && "class" in adapter && adapter.class === "software"
  );
}

/** What an ok that needs a second look says: short where columns are few, then told beneath the table. */
export const MARKS = {
  s: {
    word: "software GPU",
    meaning: "on a software GPU: correct, but no measure of a GPU's speed",
    of: onSoftwareAdapter,
  },
  r: { word: "retried", meaning: "a process died at first", of: (cell: Cell) => (cell.retries ?? 0) > 0 },
  u: {
    word: "unsettled",
    meaning: "blocks still differed when the warm-up ended",
    of: (cell: Cell) => cell.status === "ok" && !cell.warmUp.stable,
  },
  o: {
    word: "more threads than cores",
    meaning: "more threads than the machine has cores: of peak counts its cores",
    of: (cell: Cell, { cpu }: Peaks) => Number(cell.actual?.["threads"]) > cpu.cores,
  },
  p: {
    word: "above the peak",
    meaning: "above what this machine can reach: the figure or the peak is wrong",
    of: (cell: Cell, peaks: Peaks) => abovePeak([cell], peaks).length > 0,
  },
  t: {
    word: "threads",
    meaning: "the processor time is not that of the threads which it names",
    of: (cell: Cell) => isDoubted(cell, "threads"),
  },
  w: {
    word: "works on",
    meaning: "takes processor time after it has answered",
    of: (cell: Cell) => isDoubted(cell, "rest"),
  },
} as const;
type Mark = keyof typeof MARKS;

function isDoubted(cell: Cell, kind: Doubt["kind"]): boolean {
  return cell.status === "ok" && (cell.doubts ?? []).some((doubt) => doubt.kind === kind);
}

export function marksOf(cell: Cell, peaks: Peaks): Mark[] {
  const marks: readonly Mark[] = ["s", "r", "u", "o", "p", "t", "w"];
  return cell.status === "ok" ? marks.filter((mark) => MARKS[mark].of(cell, peaks)) : [];
}

function statusText(cell: Cell, peaks: Peaks): string {
  return [cell.status, ...marksOf(cell, peaks).map((mark) => MARKS[mark].word)].join(", ");
}

function shortStatus(cell: Cell, peaks: Peaks): string {
  return [cell.status, marksOf(cell, peaks).join("")].join(" ").trim();
}

function left(title: string, value: Column["value"]): Column {
  return { title, align: "left", value };
}

function right(title: string, value: Column["value"]): Column {
  return { title, align: "right", value };
}

/** Only `ok` carries figures. */
function okOnly(value: (cell: OkCell, peaks: Peaks) => string): Column["value"] {
  return (cell, peaks) => (cell.status === "ok" ? value(cell, peaks) : "");
}
