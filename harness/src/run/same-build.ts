import type { Environment } from "@mobilenet-bench/results";
import { UsageError } from "../usage-error.ts";

/** What the cells of one run have in common: the machine, and the program that they ran. */
const COMMON: Readonly<Record<string, (environment: Environment) => string>> = {
  machine: ({ machine, cpu }) => `${cpu.model} (${machine})`,
  commit: ({ commit }) => commit?.slice(0, 12) ?? "none",
  clone: ({ dirty }) => (dirty ? "with uncommitted changes" : "as committed"),
  Node: ({ runtime }) => runtime["node"] ?? "unknown",
};

/**
 * Whether what is measured now may stand beside what was measured then.
 * @throws UsageError that says what differs
 */
export function refuseOtherBuild(then: Environment, now: Environment): void {
  const differences = Object.entries(COMMON).flatMap(([what, of]) =>
    of(then) === of(now) ? [] : [`${what}: ${of(then)} then, ${of(now)} now`],
  );
  if (differences.length > 0)
    throw new UsageError(
      `The cells of this run would not belong together (${differences.join("; ")}). Go back to what it began with, or start a new run.`,
    );
}

/** What cannot be told apart, and is said: two states of a clone that both have changes. */
export const CHANGED_CLONE =
  "The clone has uncommitted changes, as it had when the run began: leave it alone until the run is finished, or its cells come from different code.";
