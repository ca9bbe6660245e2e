import type { Cell, Protocol } from "@mobilenet-bench/results";
import type { watchBlock } from "../environment/state/watch.ts";
import type { PlannedCell } from "../plan/cell.ts";
import type { Entry } from "./entries.ts";
import type { Given } from "./given.ts";
import type { Ledger } from "./ledger.ts";
import type { FewSetsOf } from "./sets-of.ts";
import type { Expect } from "./references.ts";

/** What is measured, how, on what, and who is told. */
export interface MeasureOptions {
  readonly cells: readonly PlannedCell[];
  readonly protocol: Protocol;
  /** Of orders and resampling, and of weights and input where none are given. */
  readonly seed: number;
  readonly given?: Given;
  readonly keepSamples: boolean;
  readonly profile: boolean;
  readonly signal: AbortSignal;
  /** What was measured before: it is not measured again. */
  readonly ledger?: Ledger;
  /** The number of the part that measures, from 1. */
  readonly part?: number;
  /** Keeps what has just been done; nothing is timed until it has. */
  readonly keep?: (entry: Entry) => Promise<void>;
  /** Called when a cell has failed, or has its figure. */
  readonly onCell: (cell: Cell) => Promise<void>;
  /** Called after so many steps for one cell; `countSteps` of them make the run. */
  readonly onStep: (what: string, count: number) => void;
  /** Whether cells whose GPU is a processor are measured. */
  readonly softwareGpus?: boolean;
  /** Cells that are measured in fewer sets. */
  readonly few?: FewSetsOf;
  readonly expect?: Expect;
  /** Looks at the machine during a block; at this one where left out. */
  readonly watch?: typeof watchBlock;
  /** Milliseconds, any origin. */
  readonly now?: () => number;
}

/** An entry before it is known when. */
type Undated = Entry extends infer E ? (E extends Entry ? Omit<E, "afterMs"> : never) : never;

/** What groups are measured by. */
export interface Measurement extends Required<
  Pick<
    MeasureOptions,
    | "protocol"
    | "seed"
    | "given"
    | "keepSamples"
    | "profile"
    | "signal"
    | "ledger"
    | "part"
    | "onCell"
    | "onStep"
    | "softwareGpus"
    | "few"
    | "expect"
    | "watch"
  >
> {
  /** Keeps an entry, and enters it. */
  readonly record: (entry: Undated) => Promise<void>;
}
