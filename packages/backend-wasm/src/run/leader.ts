import { createExecutor } from "./execute.ts";
import type { Plan } from "./plan.ts";
import type { Routine } from "./routine.ts";
import { arrive, lead, release, type Command } from "./team.ts";

/** The first thread, whose word the others wait for. */
export interface Leader {
  /** Returns when all threads have carried the command out. */
  run(command: Command): void;
  /** The same; milliseconds of each group or layer, as this thread sees them. */
  time(command: Command): readonly number[];
  /** Lets the other threads go. */
  release(): void;
}

/** @param meet the barrier, on `memory` */
export function createLeader(
  plan: Plan,
  routines: readonly Routine[],
  meet: Routine,
  memory: WebAssembly.Memory,
): Leader {
  const executor = createExecutor(plan, routines, 0, () => arrive(meet));
  return {
    run: (command) => lead(command, executor, meet, memory),
    time(command) {
      const times: number[] = [];
      let last = performance.now();
      lead(command, executor, meet, memory, () => {
        const now = performance.now();
        times.push(now - last);
        last = now;
      });
      return times;
    },
    release: () => release(meet, memory),
  };
}
