import { shortModelName } from "@mobilenet-bench/spec";
import { intervalText, rowId, type Status } from "@mobilenet-bench/results";
import { competes, STALE, type SiteCell } from "../data/site-cell.ts";
import type { Standing } from "../marks/index.ts";

/** A cell that has a place on an axis of latency. */
export type Figured = SiteCell & { readonly ms: number };

/** Whether it has a figure, competing or not. */
export function isFigured(cell: SiteCell): cell is Figured {
  return cell.status === "ok" && cell.ms !== undefined && cell.ms > 0;
}

/** How its mark is filled; that of a cell without a figure, as if it had one. */
export function standingOf({ software, marks }: SiteCell): Standing {
  if (software) return "software";
  return marks.includes(STALE) ? "stale" : "competes";
}

/** Most mult-adds first; within a model the fastest first, then what does not compete, and what has no figure last. */
export function sortSiteCells(cells: readonly SiteCell[]): SiteCell[] {
  const place = (cell: SiteCell) => (isFigured(cell) ? Number(!competes(cell)) : 2);
  return cells.toSorted(
    (a, b) =>
      b.multAdds - a.multAdds ||
      compareText(a.model, b.model) ||
      place(a) - place(b) ||
      (a.ms ?? 0) - (b.ms ?? 0) ||
      compareText(a.id, b.id),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Backend, target and options as legends name them: the usual target is left out. */
export function rowName(cell: Pick<SiteCell, "id">): string {
  return shortRow(rowId(cell));
}

/** The same of `BACKEND/TARGET?option=value`: `ort-node threads=2`. */
export function shortRow(row: string): string {
  return row.replace(/\/node(?=\?|$)/, "").replace("?", " ");
}

/** `0.5_160` */
export function modelName({ model }: Pick<SiteCell, "model">): string {
  return shortModelName(model);
}

/** `1.70–1.74`; nothing where there is no interval. */
export function rangeText(range: readonly [number, number] | undefined): string {
  return range ? intervalText(range) : "";
}

/** The status with what asks for a second look, in the words of tables. */
export function statusText({ status, reason, marks, run, dirty }: SiteCell): string {
  const words = marks.map((mark) => (mark === STALE ? `${STALE}: of ${dayOf(run)}` : mark));
  return (
    [status, ...words, ...(dirty ? ["dirty tree"] : [])].join(", ") +
    (reason === undefined ? "" : `: ${reason}`)
  );
}

/** The day that a run's id begins with. */
function dayOf(run: string): string {
  return /^\d{4}-\d{2}-\d{2}/.exec(run)?.[0] ?? run;
}

/** What stands beside the × of a cell without a figure. */
export function statusLetter({ status }: SiteCell): string {
  // A figure of 0: its timer is too coarse for it.
  return status === "ok" ? "0" : STATUS_LETTERS[status];
}

const STATUS_LETTERS: Readonly<Record<Exclude<Status, "ok">, string>> = {
  mismatch: "m",
  crash: "c",
  hang: "h",
  "device-lost": "d",
  oom: "o",
  unsupported: "–",
  infra: "i",
};

/** `2 crash, 1 oom`, in the order of first occurrence; nothing where all have figures. */
export function countsWithoutFigure(cells: readonly SiteCell[]): string[] {
  const missing = cells.filter((cell) => !isFigured(cell));
  return [...Map.groupBy(missing, ({ status }) => status)].map(
    ([status, { length }]) => `${length} ${status === "ok" ? "too fast to time" : status}`,
  );
}
