import { SpecError } from "../error.ts";
import { PAPER_DIFFERENCES, type PaperDifference } from "./differences.ts";
import type { PaperQuantity, PaperRow } from "./figure.ts";
import { computeFigure } from "./compute-figure.ts";
import { PAPER_ROWS } from "./rows.ts";

interface PublishedFigure {
  /** The table's number in arXiv 1704.04861. */
  readonly table: number;
  readonly row: string;
  readonly quantity: PaperQuantity;
  /** As printed, without unit: see {@link PaperQuantity}. */
  readonly published: string;
}

/** One published figure, beside the computed one where the project can compute it. */
export type PaperComparison =
  /** The computed value rounds to the printed one. `computed` has two digits more than were printed. */
  | (PublishedFigure & { readonly agreement: "agrees"; readonly computed: string })
  | (PublishedFigure & { readonly agreement: "differs"; readonly computed: string; readonly why: string })
  /** Published only: an accuracy, or a network outside the family. */
  | (PublishedFigure & { readonly agreement: "quoted"; readonly why: string });

/**
 * Every published figure beside the computed one, in the order of the paper.
 * @throws SpecError where a figure differs beyond rounding and no explanation is recorded
 */
export function comparePaper(
  rows: readonly PaperRow[] = PAPER_ROWS,
  differences: readonly PaperDifference[] = PAPER_DIFFERENCES,
): PaperComparison[] {
  return rows.flatMap((row) =>
    printedFigures(row).map(([quantity, published]) => compareFigure(row, quantity, published, differences)),
  );
}

const QUANTITIES = [
  "layer",
  "mult-adds",
  "params",
  "share of mult-adds",
  "share of params",
  "ImageNet top-1",
  "Stanford Dogs top-1",
] as const satisfies readonly PaperQuantity[];

function printedFigures({ printed }: PaperRow): readonly (readonly [PaperQuantity, string])[] {
  return QUANTITIES.flatMap((quantity) => {
    const published = printed[quantity];
    return published === undefined ? [] : [[quantity, published] as const];
  });
}

function compareFigure(
  { table, row, subject }: PaperRow,
  quantity: PaperQuantity,
  published: string,
  differences: readonly PaperDifference[],
): PaperComparison {
  const figure = { table, row, quantity, published };
  const computed = computeFigure(subject, quantity);
  if (computed === undefined) return { ...figure, agreement: "quoted", why: whyQuoted(subject.kind) };
  if (rounded(computed, published) === published)
    return { ...figure, agreement: "agrees", computed: rounded(computed, published, 2) };
  const difference = differences.find(
    (known) => known.table === table && known.row === row && known.quantity === quantity,
  );
  if (!difference)
    throw new SpecError(
      `table ${table}, ${row}, ${quantity}: ${published} is printed, ${computed} computed. Correct the count, or record the reason among the paper's differences.`,
    );
  return { ...figure, agreement: "differs", computed: rounded(computed, published, 2), why: difference.why };
}

/** To as many decimals as were printed, and `more`. */
function rounded(computed: number | string, published: string, more = 0): string {
  if (typeof computed === "string") return computed;
  const [, decimals = ""] = published.split(".");
  return computed.toFixed(decimals.length + more);
}

function whyQuoted(kind: PaperRow["subject"]["kind"]): string {
  return kind === "other" ? "Not a MobileNet." : "An accuracy, which only trained weights could show.";
}
