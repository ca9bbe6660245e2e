/** Of the spin loop: 0.6 ms on a processor of 3.7 GHz. */
const SPINS = 400_000;
/** 8 MiB of float64: beyond a second-level cache, and within a third-level one where there is such a one. */
const READ_VALUES = 2 ** 20;
/** Until the compiler is done with the loops. */
const WARMING = 50;
/** The first readings of a process are off by up to 7 %, however many calls came before. */
const EARLY_MS = 20_000;

/** What both loops took, in milliseconds. */
export interface LoopsReading {
  readonly spinMs: number;
  readonly readMs: number;
  /** Among the first 20 s of readings, which do not count. */
  readonly early: boolean;
}

/**
 * Two loops of the harness's own that are timed beside every round: they tell in which state the machine is, whatever
 * is measured. A chain of multiply–adds, each of which waits for the one before, takes as long as the clock lets it; the
 * sum of an array that no second-level cache holds tells of the memory, which has states of its own.
 */
export class Loops {
  readonly #now: () => number;
  readonly #values = new Float64Array(READ_VALUES).fill(1);
  readonly #beganMs: number;

  /** @param now milliseconds, any origin */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#beganMs = now();
    for (let i = 0; i < WARMING; i++) this.#time();
  }

  read(): LoopsReading {
    return { ...this.#time(), early: this.#now() - this.#beganMs < EARLY_MS };
  }

  #time(): Omit<LoopsReading, "early"> {
    const before = this.#now();
    const chain = spin();
    const between = this.#now();
    const total = sum(this.#values);
    const after = this.#now();
    // Looked at, so that no compiler leaves the loops out.
    if (Number.isNaN(chain + total)) throw new Error("[harness] A loop gave no number. This is a bug.");
    return { spinMs: between - before, readMs: after - between };
  }
}

function spin(): number {
  let x = 1.0001;
  for (let i = 0; i < SPINS; i++) x = x * 1.0000001 + 1e-9;
  return x;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i + 3 < values.length; i += 4)
    total += values[i]! + values[i + 1]! + values[i + 2]! + values[i + 3]!;
  return total;
}
