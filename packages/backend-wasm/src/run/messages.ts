import type { Plan } from "./plan.ts";
import type { Command } from "./team.ts";

/**
 * What a thread of a team needs, the first message to its worker: plain data, and modules that carry their compiled
 * code, so that nothing is generated or compiled twice.
 */
export interface ThreadJob {
  readonly plan: Plan;
  /** One for each step of the plan. */
  readonly modules: readonly WebAssembly.Module[];
  readonly barrier: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** The first one, 0, leads: it takes orders. */
  readonly thread: number;
}

/** Every later message, to a leader alone. */
export type Order =
  { readonly order: "run" | "time"; readonly command: Command } | { readonly order: "release" };

/** What a worker answers to each message; `times` to the order `time`. */
export type Answer =
  { readonly ok: true; readonly times?: readonly number[] } | { readonly ok: false; readonly error: unknown };
