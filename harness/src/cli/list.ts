import { Command } from "commander";
import type { PlannedCell } from "../plan/cell.ts";
import { takeShard } from "../estimate/take-shard.ts";
import { makePlan } from "../plan/plan.ts";
import { resolveNames } from "../plan/resolve-names.ts";
import { listCsv, listIds, listMarkdown } from "../report/cells-list.ts";
import { addFormats, RUN_FORMATS, type FormatOptions, type RunFormat } from "./format.ts";
import {
  addFilters,
  addShard,
  targetsOf,
  toFilters,
  type FilterOptions,
  type ShardOption,
} from "./options.ts";
import { print, printJson } from "./output.ts";

export function listCommand(): Command {
  return addFormats(addShard(addFilters(new Command("list"))), RUN_FORMATS)
    .description("The cell ids that mnb run would measure with the same filters.")
    .action(async (ids: string[], options: FilterOptions & ShardOption & FormatOptions<RunFormat>) => {
      const { filters, known } = await resolveNames(toFilters(ids, options), targetsOf({}));
      const plan = await makePlan(filters, known);
      const { cells } = options.shard ? takeShard(plan, options.shard) : plan;
      printCells(cells, options.format);
    });
}

function printCells(cells: readonly PlannedCell[], format: RunFormat): void {
  switch (format) {
    case "table":
      return print(listIds(cells));
    case "markdown":
      return print(listMarkdown(cells));
    case "csv":
      return print(listCsv(cells));
    case "json":
      return printJson(cells.map(({ id }) => id));
  }
}
