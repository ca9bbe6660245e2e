import { formatOptions } from "@mobilenet-bench/results";
import { csvRecords, markdownText } from "@mobilenet-bench/results/harmless";
import { markdownTable } from "markdown-table";
import type { PlannedCell } from "../plan/cell.ts";

/** What a spreadsheet or a script would want to choose cells by. */
const TITLES = ["id", "model", "backend", "target", "options", "mult_adds", "params"] as const;

/** The ids alone, a line each: as `mnb run` takes them. */
export function listIds(cells: readonly PlannedCell[]): string {
  return cells.map(({ id }) => id).join("\n");
}

/** A record for each cell under a line of titles, mult-adds and parameters as exact integers. */
export function listCsv(cells: readonly PlannedCell[]): string {
  return csvRecords(TITLES, cells.map(recordOf));
}

/** The same as a table. */
export function listMarkdown(cells: readonly PlannedCell[]): string {
  const rows = cells
    .map(recordOf)
    .map((record) => TITLES.map((title) => markdownText(String(record[title]))));
  const align = TITLES.map((title) => (title === "mult_adds" || title === "params" ? "r" : "l"));
  return markdownTable([[...TITLES], ...rows], { align });
}

function recordOf({ id, model, backend, target, options, network: { multAdds, params } }: PlannedCell) {
  return { id, model, backend, target, options: formatOptions(options), mult_adds: multAdds, params };
}
