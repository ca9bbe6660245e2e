import type { PeakKernel } from "@mobilenet-bench/backend";
import type { Clock } from "./clock.ts";

/** A sample spans this many steps of the clock, so that reading it is off by no more than 1 %. */
const STEPS = 100;
/** And at least this time: on a busy machine short samples still find moments without interruption. */
const SAMPLE_MS = 0.3;

/** The best rate of a kernel, from many short samples, each of them checked. */
export class RateMeter {
  readonly #kernel: PeakKernel;
  readonly #clock: Clock;
  readonly #enoughMs: number;
  /** Runs in a sample. */
  #runs = 1;
  #best = 0;

  constructor(kernel: PeakKernel, clock: Clock) {
    this.#kernel = kernel;
    this.#clock = clock;
    this.#enoughMs = Math.max(SAMPLE_MS, STEPS * clock.stepMs);
  }

  get kernel(): string {
    return this.#kernel.name;
  }

  /** 1e9 multiply–adds per second; 0 before anything was measured. */
  get best(): number {
    return this.#best;
  }

  /** Takes samples for that long, and for as much longer as the first one needs. */
  async measure(milliseconds: number): Promise<void> {
    const { now } = this.#clock;
    const end = now() + milliseconds;
    do await this.#sample();
    while (now() < end || this.#best === 0);
  }

  async #sample(): Promise<void> {
    const { now } = this.#clock;
    const runs = this.#runs;
    const start = now();
    for (let i = 0; i < runs; i++) {
      const running = this.#kernel.run();
      if (running) await running;
    }
    const ms = now() - start;
    if (!this.#kernel.verify())
      throw new Error(`[harness] the peak kernel ${this.kernel} computed wrongly. Please report it.`);
    // Too short for this clock: what was timed says nothing, and the next one is longer.
    if (ms < this.#enoughMs) this.#runs *= 2;
    else this.#best = Math.max(this.#best, (runs * this.#kernel.multAdds) / (ms * 1e6));
  }
}
