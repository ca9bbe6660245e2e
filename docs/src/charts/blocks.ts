import { type Block, howMany, leftOutOf, type OkCell, rowId, significant } from "@mobilenet-bench/results";
import { shortModelName } from "@mobilenet-bench/spec";
import { shortRow } from "./site-cells.ts";

/** What charts of blocks are drawn from. */
export interface CellBlocks {
  readonly cell: OkCell;
}

/** In the order of time. */
export function inTime(blocks: readonly Block[]): Block[] {
  return blocks.toSorted((a, b) => a.set - b.set || Date.parse(a.startedAt) - Date.parse(b.startedAt));
}

/** `18:33:12`, of the day's time in UTC. */
export function clockText(iso: string): string {
  return new Date(iso).toISOString().slice(11, 19);
}

/** `1.0_224 wasm` */
export function cellName(cell: Pick<OkCell, "id" | "model">): string {
  return `${shortModelName(cell.model)} ${shortRow(rowId(cell))}`;
}

/** How many blocks there are, between what they lie, and what was left out by which rule. */
export function blockWords(cell: OkCell): string {
  const { blocks, latency } = cell;
  if (blocks.length === 0) return `${cellName(cell)}: no block is kept.`;
  const medians = blocks.map(({ medianMs }) => medianMs);
  const sets = new Set(blocks.map(({ set }) => set)).size;
  const spread = `${significant(Math.min(...medians))} to ${significant(Math.max(...medians))} ms`;
  const leftOut = leftOutOf(blocks).map(({ rule, blocks: count }) => `${count} for ${rule}`);
  return [
    `${cellName(cell)}: ${howMany(blocks.length, "block")} in ${howMany(sets, "set")}, from ${spread}; the median is ${significant(latency.median)} ms.`,
    leftOut.length === 0 ? "None is left out." : `Left out: ${leftOut.join(", ")}.`,
  ].join(" ");
}

/** The head and the rows of a table of blocks. */
export const BLOCK_HEAD = [
  "set",
  "begun (UTC)",
  "median ms",
  "fastest ms",
  "inferences",
  "left out",
] as const;

/** One block in the words of {@link BLOCK_HEAD}. */
export function blockRow({ set, startedAt, medianMs, minMs, inferences, excluded }: Block): string[] {
  return [
    String(set + 1),
    clockText(startedAt),
    significant(medianMs),
    significant(minMs),
    String(inferences),
    excluded ?? "",
  ];
}

/** What a block that is left out is drawn as: not filled, crossed. */
export const CROSS = "M-4 -4L4 4M-4 4L4 -4";
