import type { RolledUpMonth } from "@mobilenet-bench/results/roll-up";
import { PlainTable } from "../report/plain-table.ts";

/** What is rolled up, a line for each month. */
export function monthsText(months: readonly RolledUpMonth[], folder: string): string {
  if (months.length === 0) return `${folder}: no month is rolled up.`;
  const table = new PlainTable(["left", "right", "right", "right", "left"]);
  table.push(["month", "runs", "blocks", "MB", ""]);
  for (const { month, runs, blocks, bytes, written } of months)
    table.push([
      month,
      String(runs),
      String(blocks),
      (bytes / 1e6).toFixed(1),
      written ? "rolled up" : "as it was",
    ]);
  return `${folder}\n${table.toString()}`;
}
