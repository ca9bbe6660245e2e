import type { JobName, Jobs, Reply } from "../runner/messages.ts";

/** Where code runs, and how a runner is opened there. */
export interface Target {
  readonly id: string;
  /** A fresh runner for one cell. */
  open(): Promise<Runner>;
}

/** The supervisor's end of a runner. */
export interface Runner {
  /**
   * Sends a job and waits for its reply.
   * @throws RunnerDied where the runner ends, or does not answer within the deadline (it is killed then)
   */
  request<N extends JobName>(job: N, details: Jobs[N]["request"], deadlineMs: number): Promise<Reply<N>>;
  /** Ends the runner, whatever its state. */
  kill(): Promise<void>;
}

/** A runner that can no longer answer. */
export class RunnerDied extends Error {
  override readonly name = "RunnerDied";
  readonly status: "crash" | "hang" | "oom";

  constructor(status: "crash" | "hang" | "oom", message: string) {
    super(message);
    this.status = status;
  }
}
