import type { FewSets, Protocol } from "@mobilenet-bench/results";

/** Cells that are measured in fewer sets than the protocol has, by id. */
export type FewSetsOf = Readonly<Record<string, FewSets>>;

/**
 * The sets in which a cell is measured: all, or so few that lie as far apart as the run is long, the first among them,
 * since that tells the cold start.
 */
export function setsOf(cell: string, { sets }: Pick<Protocol, "sets">, few: FewSetsOf = {}): number[] {
  const count = Math.min(sets, few[cell]?.sets ?? sets);
  return Array.from({ length: count }, (_, i) => Math.floor((i * sets) / count));
}

/** Whether it is measured in that set. */
export function takesPart(
  cell: string,
  set: number,
  protocol: Pick<Protocol, "sets">,
  few?: FewSetsOf,
): boolean {
  return setsOf(cell, protocol, few).includes(set);
}
