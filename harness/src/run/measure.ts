import type { Protocol } from "@mobilenet-bench/results";
import { watchBlock } from "../environment/state/watch.ts";
import type { PlannedCell } from "../plan/cell.ts";
import { computeExpected } from "./expected.ts";
import { Group, stepsOfSet } from "./group.ts";
import { Ledger } from "./ledger.ts";
import { Loops } from "./loops.ts";
import type { Measurement, MeasureOptions } from "./measurement.ts";
import { setsOf, type FewSetsOf } from "./sets-of.ts";
import { askAhead } from "./why-unavailable.ts";

export type { MeasureOptions } from "./measurement.ts";

/** Steps that `onStep` will tell of: those of the sets that are not whole. */
export function countSteps(
  cells: readonly Pick<PlannedCell, "id" | "model">[],
  protocol: Protocol,
  ledger = new Ledger(),
  few: FewSetsOf = {},
): number {
  const missing = cells.flatMap(({ id, model }) =>
    setsOf(id, protocol, few).filter((set) => !ledger.isWhole(model, set)),
  );
  return missing.length * stepsOfSet(protocol);
}

/**
 * Measures all groups (the cells of one model) one after the other in each set, so that the sets of a group lie as far
 * apart as the run is long. What is done in a set of a group depends on the seed alone, and not on what was measured
 * before.
 */
export async function measure(options: MeasureOptions): Promise<void> {
  const { cells, protocol, signal, few = {} } = options;
  const now = options.now ?? (() => performance.now());
  const began = now();
  const { ledger = new Ledger(), part = 1, keep = () => Promise.resolve() } = options;
  const left = cells.filter((cell) => countSteps([cell], protocol, ledger, few) > 0);
  if (left.length === 0) return;
  const measurement: Measurement = {
    given: {},
    softwareGpus: true,
    few,
    expect: computeExpected,
    watch: watchBlock,
    ...options,
    ledger,
    part,
    async record(undated) {
      const entry = { ...undated, afterMs: now() - began };
      await keep(entry);
      ledger.add(part, entry);
    },
  };
  const loops = new Loops(now);
  const groups = [...Map.groupBy(cells, ({ model }) => model).values()].map(
    (members) => new Group(members, measurement, loops),
  );
  const trying = left.filter(({ id }) => !ledger.failureOf(id));
  const first = groups.find(({ model }) => model === trying[0]?.model);
  await Promise.all([askAhead(trying, signal), first?.computeExpected()]);
  for (let set = 0; set < protocol.sets; set++)
    for (const group of groups) {
      if (signal.aborted) return;
      if (!ledger.isWhole(group.model, set)) await group.measureSet(set);
    }
}
