import { SessionError } from "@mobilenet-bench/backend";
import { BARRIER_LENGTH } from "./barrier.ts";
import type { Job } from "./messages.ts";
import type { Program } from "./program.ts";
import type { Team } from "./team.ts";
import { startThread } from "#thread";
import type { Thread } from "./thread.ts";

/**
 * Workers that compute while the caller's thread awaits a message from each, so that a page's main thread, which
 * may not sleep, is served like any other. Between inferences workers idle in their event loops.
 */
export class WorkerTeam implements Team {
  readonly #threads: readonly Thread[];
  #failure: Error | undefined;
  #awaited = 0;
  #settle: { resolve: () => void; reject: (reason: Error) => void } | undefined;

  private constructor(threads: number) {
    this.#threads = Array.from({ length: threads }, () =>
      startThread({ onAnswer: () => this.#answered(), onFailure: (why, cause) => this.#fail(why, cause) }),
    );
  }

  /**
   * Starts the threads and hands each the program, whose memory must be shared.
   * @throws SessionError where a thread cannot start
   */
  static async start(program: Program, threads: number): Promise<WorkerTeam> {
    const team = new WorkerTeam(threads);
    const barrier = new Int32Array(new SharedArrayBuffer(4 * BARRIER_LENGTH));
    try {
      await team.#tell((thread, index) =>
        thread.post({ program, share: { index, count: threads }, barrier }),
      );
    } catch (error) {
      await team.dispose();
      throw error;
    }
    return team;
  }

  run(from: number, to: number): Promise<void> {
    const job: Job = { from, to };
    return this.#tell((thread) => thread.post(job));
  }

  async dispose(): Promise<void> {
    this.#fail("The session was disposed.");
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  /** Tells every thread something; done when all have answered. */
  async #tell(post: (thread: Thread, index: number) => void): Promise<void> {
    if (this.#failure) throw this.#failure;
    this.#awaited = this.#threads.length;
    const answered = new Promise<void>((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    for (const thread of this.#threads) thread.hold(true);
    for (const [index, thread] of this.#threads.entries()) post(thread, index);
    try {
      await answered;
    } finally {
      this.#settle = undefined;
      for (const thread of this.#threads) thread.hold(false);
    }
  }

  #answered() {
    this.#awaited--;
    if (this.#awaited === 0) this.#settle?.resolve();
  }

  /** The first failure ends the team: the other threads may wait for the lost one for ever. */
  #fail(why: string, cause?: unknown) {
    if (this.#failure) return;
    this.#failure = new SessionError("ts", `A worker of the session has ended. ${why}`, { cause });
    this.#settle?.reject(this.#failure);
  }
}
