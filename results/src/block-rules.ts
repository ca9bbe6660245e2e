import type { BlockState } from "./machine-state.ts";
import type { Protocol } from "./protocol.ts";
import type { Block } from "./schema.ts";

/** What is known of a block's surroundings when it has ended. */
export interface BlockConditions extends BlockState {
  /** Whether its page could not be seen meanwhile. */
  readonly hidden?: boolean;
  readonly occupancy: Occupancy;
}

/**
 * How many of the cores a cell itself keeps busy: some, all, or more than there are. Who fills all of them waits for
 * helpers of its own runtime; who wants more waits for itself, which no rule punishes.
 */
export type Occupancy = "some" | "all" | "more";

/** @param software whether a processor plays the part of a GPU: it takes all cores, beside the threads named */
export function occupancyOf(threads: number, cores: number, software: boolean): Occupancy {
  if (threads > cores || software) return "more";
  return threads === cores ? "all" : "some";
}

type Limits = Pick<Protocol, "maxSteal" | "maxThrottled" | "maxCpuPressure">;

/** Why a block does not count. */
export interface BlockRule {
  /** What is looked at, as tables name it. */
  readonly what: string;
  /** What it is, for the method page. */
  readonly meaning: string;
  /** A block that is left out, as its record and tables say why. @param limit that its share is above */
  readonly words: (limit: number) => string;
  /** The share above which a block is left out; undefined where the protocol, or what the cell does, allows any. */
  readonly limit: (protocol: Limits, occupancy: Occupancy) => number | undefined;
  /** The block's share; undefined where nobody told. */
  readonly share: (block: BlockConditions) => number | undefined;
}

/**
 * Every rule: exclusion, what stands beneath tables and the method page are made of it. Of CPU pressure, cells on one of
 * two cores were seen to have up to 6 % by themselves, those on both of them up to 37 %; blocks that something else
 * disturbed, mostly 18 % and more, and 54 % and more.
 */
export const BLOCK_RULES: readonly BlockRule[] = [
  {
    what: "steal",
    words: above("steal"),
    meaning: "share of the processor that the hypervisor gave to other machines",
    limit: ({ maxSteal }) => maxSteal,
    share: ({ steal }) => steal ?? undefined,
  },
  {
    what: "throttling by quota",
    words: above("throttling by quota"),
    meaning: "share of the time for which the quota of a control group held tasks back",
    limit: ({ maxThrottled }, occupancy) => (occupancy === "more" ? undefined : maxThrottled),
    share: ({ throttled }) => throttled,
  },
  {
    what: "CPU pressure",
    words: above("CPU pressure"),
    meaning: "share of the time in which at least one task of the machine waited for a core",
    limit: ({ maxCpuPressure }, occupancy) => {
      if (maxCpuPressure === undefined || occupancy === "more") return undefined;
      return occupancy === "all" ? Math.min(1, 2 * maxCpuPressure) : maxCpuPressure;
    },
    share: ({ cpuPressure }) => cpuPressure,
  },
  {
    what: "hidden page",
    words: () => "the page was hidden",
    meaning: "whether the page could not be seen at some time: browsers slow such pages down",
    limit: () => 0,
    share: ({ hidden }) => (hidden === undefined ? undefined : Number(hidden)),
  },
];

/** The rules by which a block is left out, as its record and tables name them; undefined where it counts. */
export function whyLeftOut(block: BlockConditions, protocol: Limits): string | undefined {
  const broken = BLOCK_RULES.flatMap(({ words, limit, share }) => {
    const [most, told] = [limit(protocol, block.occupancy), share(block)];
    return most !== undefined && told !== undefined && told > most ? [words(most)] : [];
  });
  return broken.length === 0 ? undefined : broken.join(" and ");
}

function above(what: string): BlockRule["words"] {
  return (limit) => `${what} above ${Math.round(limit * 1000) / 10} %`;
}

/** How many blocks one rule (or several at once) left out. */
export interface LeftOut {
  readonly rule: string;
  readonly blocks: number;
}

/** Of a cell's blocks, by what they were left out, the most frequent first. */
export function leftOutOf(blocks: readonly Pick<Block, "excluded">[]): LeftOut[] {
  const rules = Map.groupBy(
    blocks.flatMap(({ excluded }) => excluded ?? []),
    (rule) => rule,
  );
  return Array.from(rules, ([rule, { length }]) => ({ rule, blocks: length })).toSorted(
    (a, b) => b.blocks - a.blocks,
  );
}
