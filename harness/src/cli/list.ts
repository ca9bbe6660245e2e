import { Command } from "commander";
import { makePlan } from "../plan/plan.ts";
import { addFilters, toFilters, type FilterOptions } from "./options.ts";
import { print, printJson } from "./output.ts";

export function listCommand(): Command {
  return addFilters(new Command("list"))
    .description("The cell ids that mnb run would measure with the same filters.")
    .option("--json", "JSON on standard output")
    .action(async (cells: string[], options: FilterOptions & { json?: boolean }) => {
      const plan = await makePlan(toFilters(cells, options));
      const ids = plan.cells.map(({ id }) => id);
      if (options.json) printJson(ids);
      else print(ids.join("\n"));
    });
}
