import type { Availability, Platform } from "@mobilenet-bench/backend";
import type { JobName, Jobs, Purpose, Reply } from "@mobilenet-bench/runner";

/** Where code runs, and how a runner is opened there. */
export interface Target {
  readonly id: string;
  /** One line for listings. */
  readonly summary: string;
  /** Which backends it can run. */
  readonly platform: Platform;
  /** Whether it can be had here and now; cheap, never throws. */
  availability(): Promise<Availability>;
  /**
   * A fresh runner for one cell.
   * @param signal ends what has been started so far; an open runner is killed instead
   * @throws RunnerDied where it does not start
   * @throws UnsupportedError where there is no such target here
   */
  open(purpose: Purpose, signal?: AbortSignal): Promise<Runner>;
}

/** The harness's end of a runner. */
export interface Runner {
  /**
   * Sends a job and waits for its reply.
   * @throws RunnerDied where the runner ends, or does not answer within the deadline (it is killed then)
   * @throws ForeignProtocolError where it speaks another version of the protocol
   */
  request<N extends JobName>(job: N, details: Jobs[N]["request"], deadlineMs: number): Promise<Reply<N>>;
  /** The heads of the trees of processes that it computes in; absent where they cannot be told. */
  readonly processes?: readonly number[];
  /** Ends the runner, whatever its state. */
  kill(): Promise<void>;
}
