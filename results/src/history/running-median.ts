/** The median of the last values of a sequence: each value is put in its place once, and nothing is sorted again. */
export class RunningMedian {
  readonly #most: number;
  readonly #inTime: number[] = [];
  readonly #sorted: number[] = [];

  /** @param most how many of the last values count */
  constructor(most: number) {
    this.#most = most;
  }

  /** Undefined before the first value. */
  get value(): number | undefined {
    const middle = this.#sorted.length >> 1;
    const upper = this.#sorted[middle];
    if (upper === undefined || this.#sorted.length % 2 === 1) return upper;
    return ((this.#sorted[middle - 1] ?? upper) + upper) / 2;
  }

  push(value: number): void {
    if (this.#inTime.length === this.#most) {
      const oldest = this.#inTime.shift();
      if (oldest !== undefined) this.#sorted.splice(this.#placeOf(oldest), 1);
    }
    this.#inTime.push(value);
    this.#sorted.splice(this.#placeOf(value), 0, value);
  }

  /** Of the first that is not smaller. */
  #placeOf(value: number): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] ?? Infinity) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
