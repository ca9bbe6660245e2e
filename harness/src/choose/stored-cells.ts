import { machineTitle, newestCells, type NewestCell, type Run } from "@mobilenet-bench/results";
import { machineNamed } from "../plan/machine-named.ts";
import { UsageError } from "../usage-error.ts";

/** The newest figures of one machine, and where they come from. */
export interface MachineCells {
  readonly machine: string;
  /** What it is: `AMD EPYC with 2 cores on KVM`. */
  readonly title: string;
  readonly cells: readonly NewestCell[];
  /** Of how many runs they are. */
  readonly runs: number;
  /** Ids of machines that others of the runs are of. */
  readonly otherMachines: readonly string[];
}

/**
 * The newest figures of the machine that is asked for; without one, of that of the newest run.
 * @param all runs in any order; simulated ones have no figures to choose by
 * @param machine its id, or the unique beginning of it
 * @throws UsageError where there is no run, or not exactly one such machine
 */
export function storedCells(all: readonly Run[], machine?: string): MachineCells {
  const runs = all.filter(({ simulated }) => simulated === undefined);
  const [newest] = runs.toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  if (!newest) throw new UsageError("There is no stored run to choose from. Make one with mnb run.");
  const id = machine === undefined ? newest.environment.machine : machineNamed(machinesOf(runs), machine);
  const of = runs.filter(({ environment }) => environment.machine === id);
  const cells = newestCells(of);
  const [last = newest] = of.toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  return {
    machine: id,
    title: machineTitle(last.environment),
    cells,
    runs: new Set(cells.map(({ run }) => run)).size,
    otherMachines: machinesOf(runs).filter((other) => other !== id),
  };
}

function machinesOf(runs: readonly Run[]): string[] {
  return [...new Set(runs.map(({ environment }) => environment.machine))];
}
