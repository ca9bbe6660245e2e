import type { Leader } from "../run/leader.ts";
import type { Answer, Order, ThreadJob } from "../run/messages.ts";
import type { Command } from "../run/team.ts";
import type { StartedWorker } from "./start-worker.ts";

/** A session's way to its first thread; one call at a time. */
export interface Lead {
  /** Done when this returns or, where it returns a promise, when that is fulfilled. */
  run(command: Command): Promise<void> | undefined;
  /** Milliseconds of each group or layer, as the first thread sees them. */
  time(command: Command): Promise<readonly number[]>;
  /** Lets the other threads go. */
  release(): Promise<void>;
}

/** The calling thread is the first. */
export function leadHere(leader: Leader): Lead {
  return {
    run(command) {
      leader.run(command);
      return undefined;
    },
    time: async (command) => leader.time(command),
    release: async () => leader.release(),
  };
}

/** A worker is the first thread: for the main thread of a page, which may not wait for others. */
export function leadElsewhere(worker: StartedWorker): Lead {
  const give = (order: Order) => obtain(worker, order);
  return {
    run: async (command) => void (await give({ order: "run", command })),
    time: async (command) => (await give({ order: "time", command })).times ?? [],
    release: async () => void (await give({ order: "release" })),
  };
}

/** What a worker answers. @throws what went wrong there */
export async function obtain(
  worker: StartedWorker,
  message: ThreadJob | Order,
): Promise<Extract<Answer, { ok: true }>> {
  const answer = await worker.ask(message);
  if (!answer.ok) throw answer.error;
  return answer;
}
