import { parseModelName, publishedAccuracy, weightBytes } from "@mobilenet-bench/spec";
import { axisValue, type AxisValue } from "../axes.ts";
import { STALE, type TableRow } from "../table/index.ts";

/** What is looked at of a cell; every row of a table is one, with the word whether a processor played the GPU. */
export type ChoosableCell = Pick<
  TableRow,
  "id" | "model" | "backend" | "target" | "options" | "status" | "ms" | "ci95" | "marks" | "machine"
> & { readonly software: boolean };

/** What a cell would give, and what it would take. */
export interface Offer<Cell extends ChoosableCell = ChoosableCell> {
  readonly cell: Cell;
  /** The median, and its 95 % interval within the run. */
  readonly latencyMs: number;
  readonly ci95: readonly [low: number, high: number];
  /** Published, per cent of ImageNet: of the float model, or of the quantized one where the cell computes in 8 bits. */
  readonly top1: number;
  readonly accuracyOf: "float" | "quantized";
  /** Of the folded weights, as the cell stores them. */
  readonly sizeBytes: number;
}

type Precision = AxisValue<"precision">;
const WEIGHT_BYTES = { fp32: 4, fp16: 2, int8: 1 } as const satisfies Record<Precision, number>;

/** The offer of a cell, or why it makes none. */
export function offerOf<Cell extends ChoosableCell>(
  cell: Cell,
): { readonly offer: Offer<Cell> } | { readonly why: string } {
  const { ms: latencyMs, ci95, status, software, marks, model, options } = cell;
  if (status !== "ok" || latencyMs === undefined || ci95 === undefined)
    return { why: `without a figure (${status})` };
  if (software) return { why: "on a software GPU" };
  if (marks.includes(STALE)) return { why: "of an older run" };
  const published = publishedAccuracy(model);
  if (!published) return { why: "of a model without published accuracy" };
  const precision = axisValue(options, "precision");
  if (!isPrecision(precision)) return { why: `in ${precision}, of unknown size` };
  const accuracyOf = precision === "int8" ? "quantized" : "float";
  const sizeBytes = weightBytes(parseModelName(model), WEIGHT_BYTES[precision]);
  const { top1 } = published[accuracyOf];
  return { offer: { cell, latencyMs, ci95, top1, accuracyOf, sizeBytes } };
}

function isPrecision(value: string | number): value is Precision {
  return Object.hasOwn(WEIGHT_BYTES, value);
}
