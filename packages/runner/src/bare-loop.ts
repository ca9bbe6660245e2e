import type { Session } from "@mobilenet-bench/backend";
import { checkLogitsType } from "./guard.ts";
import { Outputs, type TimedOutput } from "./outputs.ts";
import { TimedSession, type Timed, type TimedSessionOptions, type UnderClock } from "./timed-session.ts";

/**
 * A session in the loop that anybody would write around a library: the same input every time, the clock before and after,
 * nothing in between. Of the outputs the last is looked at when the loop has ended. What {@link TimedSession} takes
 * longer than this is what measuring costs.
 */
export class BareLoop implements UnderClock {
  readonly #id: string;
  readonly #session: Session;
  readonly #input: Float32Array;
  readonly #outputs: Outputs;
  /** For all but the loop. */
  readonly #timed: TimedSession;

  constructor(session: Session, options: TimedSessionOptions) {
    this.#id = options.id;
    this.#session = session;
    this.#input = options.images[0];
    this.#outputs = new Outputs(options.expected);
    this.#timed = new TimedSession(session, options);
  }

  async time(inferences: number): Promise<Timed> {
    const samplesMs: number[] = [];
    let logits: unknown;
    for (let i = 0; i < inferences; i++) {
      const began = performance.now();
      logits = await this.#session.infer(this.#input);
      samplesMs.push(performance.now() - began);
    }
    this.#outputs.expect(1);
    this.#outputs.keep(0, checkLogitsType(this.#id, logits));
    this.#outputs.compare();
    return { samplesMs: samplesMs.toSorted((a, b) => a - b), cpuMs: null, busiestShare: null };
  }

  timeUnseen(blend?: number) {
    return this.#timed.timeUnseen(blend);
  }

  takeWorst(): TimedOutput | undefined {
    return this.#outputs.takeWorst() ?? this.#timed.takeWorst();
  }

  restCpuMs(): null {
    return null;
  }
}
