import type { Divergence, Sample } from "@mobilenet-bench/backend";
import { rowId } from "@mobilenet-bench/results";
import { plainTable, trimLines } from "../report/table.ts";
import { isChecked, type Verdict } from "./check-cell.ts";
import { describeExcess, type Excess } from "./ratchet.ts";

/** A cell that was checked, with all that it is judged by. */
export type Judged = Verdict & {
  /** Errors within bounds that are much larger than they used to be. */
  readonly excesses: readonly Excess[];
  /** The command that checks exactly this cell again. */
  readonly reproduce: string;
};

/** Whether something is wrong: what cannot be had here is not. */
export function isWrong({ status }: Verdict): boolean {
  return status !== "ok" && status !== "unsupported";
}

/** All that is known of why a cell is not ok, one sentence each. */
export function reasonsOf(verdict: Judged): string[] {
  if (!isChecked(verdict)) return [[verdict.reason, verdict.remedy].filter(Boolean).join(" ")];
  const { layers, logits, excesses } = verdict;
  return [
    ...(layers.first ? [layers.first.reason] : []),
    ...(logits.ok ? [] : [logits.reason ?? "The logits differ from the reference."]),
    ...excesses.map(describeExcess),
  ];
}

/** Each reason once, however many cells share it. */
export function reasonsWhyUnsupported(verdicts: readonly Judged[]): string[] {
  const groups = Map.groupBy(
    verdicts.filter(({ status }) => status === "unsupported"),
    (verdict) => `${rowId(verdict.cell)}: ${reasonsOf(verdict).join(" ")}`,
  );
  return [...groups].map(([text, { length }]) => `${text}${length > 1 ? ` (${length} cells)` : ""}`);
}

/** Why a cell is not ok, in full: for people, 80 columns wide. */
export function describeFailure(verdict: Judged): string {
  const shown = isChecked(verdict) ? (verdict.layers.first ?? verdict.worstLogit) : undefined;
  return [
    ...reasonsOf(verdict),
    ...(shown ? describeNeighbourhood(shown) : []),
    `Reproduce: ${verdict.reproduce}`,
  ].join("\n");
}

/** Two small tables: the pixels around the worst element in its channel, and the channels around it at its pixel. */
function describeNeighbourhood({ position, neighbourhood, bound, reason }: Divergence): string[] {
  if (!position || !neighbourhood) return [];
  const [y, x, c] = position;
  const { rows, columns, plane, channels, pixel } = neighbourhood;
  const tables: string[] = [];
  // Logits are one pixel: the channels, which are the classes, say it all.
  if (rows.length > 1 || columns.length > 1) {
    const table = startTable(`channel ${c}`, "x", columns);
    for (const [i, row] of rows.entries()) addSamples(table, `y ${row}`, plane[i] ?? []);
    tables.push(trimLines(table.toString()));
  }
  const table = startTable(`at [${y}, ${x}]`, "c", channels);
  addSamples(table, "", pixel);
  tables.push(trimLines(table.toString()));
  // Most reasons have it already.
  const allowed = reason.includes("±") ? [] : [`The bound there is ${bound.toExponential(2)}.`];
  return [...allowed, "", tables.join("\n\n"), ""];
}

function startTable(title: string, axis: string, indices: readonly number[]) {
  const table = plainTable(["left", "left", ...indices.map(() => "right" as const)]);
  table.push([title, "", ...indices.map((index) => `${axis} ${index}`)]);
  return table;
}

function addSamples(table: ReturnType<typeof plainTable>, title: string, samples: readonly Sample[]) {
  table.push([title, "expected", ...samples.map(({ expected }) => digits(expected))]);
  table.push(["", "actual", ...samples.map(({ actual }) => digits(actual))]);
}

/** As many digits as tell apart neighbouring float32 values; all of small whole numbers. */
function digits(value: number): string {
  return Number.isInteger(value) || !Number.isFinite(value) ? String(value) : value.toPrecision(7);
}
