import { axisValue, type Protocol } from "@mobilenet-bench/results";
import { inferencesPerBlock } from "@mobilenet-bench/runner";
import { setsOf, type FewSetsOf } from "../run/sets-of.ts";
import type { CellCost, CostedCell } from "./cell-cost.ts";

/** A cell, and what it takes; one that cannot be had takes nothing. */
export interface Costed {
  readonly cell: CostedCell;
  readonly cost: CellCost;
}

/** How a run of them goes. */
export interface EstimateOptions {
  readonly protocol: Pick<
    Protocol,
    "sets" | "coldStarts" | "rounds" | "blockMs" | "settle" | "pauseMs" | "warmUp"
  >;
  readonly few?: FewSetsOf;
  /** That processes which load side by side have. */
  readonly cores: number;
}

/** The float64 reference: logits and bounds of both images, in a process of its own. */
const REFERENCE = { openMs: 500, perGiga: 9000 } as const;
/** Of writing a block down, looking at the machine, and messages. */
const BLOCK_OVERHEAD_MS = 4;
/** Of the two loops beside each round. */
const LOOPS_MS = 2;
/** Ending a process. */
const CLOSE_MS = 60;
const RECHECKS = 2;
/** Six images, and an input like those of the blocks before each. */
const UNSEEN = 12;
/** Quarters of blocks until they agree twice within 10 %; closer agreement takes longer. */
const WARM_UP_BLOCKS = 5;
const WARM_UP_TOLERANCE = 0.1;

/**
 * Wall time from the first process to the end of the last, in milliseconds.
 * @param costed cells of any models, in any order
 */
export function estimateCells(costed: readonly Costed[], options: EstimateOptions): number {
  const groups = [...Map.groupBy(costed, ({ cell }) => cell.model).values()];
  return groups.reduce((sum, members) => sum + estimateGroup(members, options), 0);
}

/** The same for the cells of one model, which are measured side by side. */
export function estimateGroup(members: readonly Costed[], options: EstimateOptions): number {
  const { protocol, few } = options;
  const references = new Map(
    members.map(({ cell }) => [axisValue(cell.options, "precision"), referenceMs(cell)] as const),
  );
  let total = 0;
  for (const ms of references.values()) total += ms;
  for (let set = 0; set < protocol.sets; set++) {
    const present = members.filter(({ cell }) => setsOf(cell.id, protocol, few).includes(set));
    if (present.length > 0) total += setMs(present, set, options);
  }
  return total;
}

function referenceMs({ network }: CostedCell): number {
  return REFERENCE.openMs + (REFERENCE.perGiga * network.multAdds) / 1e9;
}

function setMs(present: readonly Costed[], set: number, { protocol, few, cores }: EstimateOptions): number {
  const { coldStarts = Infinity, rounds, pauseMs } = protocol;
  const isLast = ({ cell }: Costed) => setsOf(cell.id, protocol, few).at(-1) === set;
  const startMs = sum(present, ({ cost }) => cost.startMs);
  const closeMs = sum(present, ({ cost }) => CLOSE_MS + RECHECKS * cost.inferenceMs);
  const sideBySide = Math.min(cores, present.length);
  return (
    (set < coldStarts ? startMs : startMs / sideBySide) +
    sum(present, ({ cost }) => warmUpMs(cost, protocol)) +
    rounds * (LOOPS_MS + pauseMs + sum(present, ({ cost }) => blockMs(cost, protocol))) +
    (present.some(isLast) ? closeMs : closeMs / sideBySide) +
    sum(present.filter(isLast), ({ cost }) => UNSEEN * cost.inferenceMs)
  );
}

function warmUpMs(cost: CellCost, { warmUp, blockMs }: EstimateOptions["protocol"]): number {
  const { inferenceMs } = cost;
  const quarter = Math.max(inferenceMs, blockMs / 4);
  const guess = WARM_UP_BLOCKS * Math.sqrt(WARM_UP_TOLERANCE / warmUp.tolerance) * quarter;
  // The block that is under way at the cap comes to its end.
  return Math.min(cost.warmUpMs ?? guess, warmUp.capMs + quarter);
}

function blockMs({ inferenceMs }: CellCost, protocol: EstimateOptions["protocol"]): number {
  const settled = protocol.settle && inferenceMs < protocol.blockMs ? 1 : 0;
  const inferences = inferencesPerBlock(inferenceMs, protocol.blockMs) + settled;
  return inferences * inferenceMs + protocol.pauseMs + BLOCK_OVERHEAD_MS;
}

function sum(members: readonly Costed[], of: (member: Costed) => number): number {
  return members.reduce((total, member) => total + of(member), 0);
}
