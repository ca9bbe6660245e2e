import type { MachineChoice } from "../src/data/facts.ts";
import type { Latest } from "../src/data/latest.ts";
import { fieldOf } from "../src/pages/opening.ts";

/**
 * Machines by how much of the field they show, so that a site opens on the fullest picture: a newer run of a few cells takes
 * nothing away. Of equals, as they came.
 */
export function widestFirst(machines: readonly Latest[]): Latest[] {
  return machines.toSorted((a, b) => fieldOf(b.cells).pairs - fieldOf(a.cells).pairs);
}

/** What the menu of machines tells of one. */
export function choiceOf({ machine, runs: [newest] }: Latest): MachineChoice {
  return { ...machine, ...(newest && { newest: newest.startedAt }) };
}
