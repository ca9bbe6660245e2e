import { fileURLToPath } from "node:url";
import type { Cell, FailedCell, OkCell, Run } from "@mobilenet-bench/results";
import { readRun } from "@mobilenet-bench/results/store";
import type { PublishedRun } from "../../build/published-run.ts";

/** Runs that come with the project. */
const PUBLISHED = fileURLToPath(new URL("../../../results/data", import.meta.url));

const SWEEP = "2026-11-22-1206c8248664.json";
const QUICK = "2026-11-22-41dd91654feb.json";

/** A published run of seven backends on sixteen models. */
export const sweep = await published(SWEEP);
/** A later one of a few models, on targets and adapters of all kinds. */
export const quick = await published(QUICK);

async function published(file: string): Promise<PublishedRun> {
  return { file, run: await readRun(`${PUBLISHED}/${file}`) };
}

/** The run with other cells, as another run of another time. */
export function runWith(run: Run, cells: readonly Cell[], changes: Partial<Run> = {}): PublishedRun {
  const changed = { ...run, cells: [...cells], ...changes };
  return { file: `${changed.startedAt.slice(0, 10)}-000000000000.json`, run: changed };
}

/** The cell of an id. */
export function cellOf({ run }: PublishedRun, id: string): OkCell {
  const cell = run.cells.find((one) => one.id === id);
  if (cell?.status !== "ok") throw new Error(`${id} is no cell with a figure.`);
  return cell;
}

/** The same cell without a figure. */
export function failed(cell: OkCell, changes: Partial<FailedCell> = {}): FailedCell {
  const { id, model, backend, target, options, multAdds, params } = cell;
  return {
    id,
    model,
    backend,
    target,
    options,
    multAdds,
    params,
    status: "crash",
    reason: "The process died (SIGSEGV).",
    ...changes,
  };
}
