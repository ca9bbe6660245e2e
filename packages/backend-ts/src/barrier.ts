/** Int32 elements of shared memory that a barrier needs. */
export const BARRIER_LENGTH = 2;

/**
 * How often a thread looks before it goes to sleep, about 50 µs: layers are short, and waking up costs as much.
 * Between inferences threads wait for a message and never get here.
 */
const SPINS = 20_000;

/** Where the threads of a session wait for each other between two layers. Not for a page's main thread, which may not sleep. */
export class Barrier {
  readonly #shared: Int32Array;
  readonly #threads: number;

  /** @param shared [BARRIER_LENGTH] over a SharedArrayBuffer, zero at first: threads that arrived, rounds completed */
  constructor(shared: Int32Array, threads: number) {
    this.#shared = shared;
    this.#threads = threads;
  }

  /** Returns when every thread has called it. What any of them wrote before, all of them see afterwards. */
  meet() {
    const shared = this.#shared;
    const round = Atomics.load(shared, 1);
    if (Atomics.add(shared, 0, 1) === this.#threads - 1) {
      Atomics.store(shared, 0, 0);
      Atomics.add(shared, 1, 1);
      Atomics.notify(shared, 1);
      return;
    }
    for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(shared, 1) !== round) return;
    while (Atomics.load(shared, 1) === round) Atomics.wait(shared, 1, round);
  }
}
