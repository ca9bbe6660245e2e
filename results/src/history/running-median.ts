/** The median of the last values of a sequence: each value is put in its place once, and nothing is sorted again. */
export class RunningMedian {
  /** In the order of time, from the oldest on in a ring. */
  readonly #inTime: Float64Array;
  readonly #sorted: Float64Array;
  #count = 0;
  #oldest = 0;

  /** @param most how many of the last values count */
  constructor(most: number) {
    this.#inTime = new Float64Array(most);
    this.#sorted = new Float64Array(most);
  }

  /** Undefined before the first value. */
  get value(): number | undefined {
    if (this.#count === 0) return undefined;
    const middle = this.#count >> 1;
    const upper = this.#sorted[middle]!;
    return this.#count % 2 === 1 ? upper : (this.#sorted[middle - 1]! + upper) / 2;
  }

  push(value: number): void {
    const most = this.#inTime.length;
    if (this.#count === most) {
      const place = this.#placeOf(this.#inTime[this.#oldest]!);
      this.#sorted.copyWithin(place, place + 1, this.#count);
      this.#count--;
    }
    this.#inTime[this.#oldest] = value;
    this.#oldest = (this.#oldest + 1) % most;
    const place = this.#placeOf(value);
    this.#sorted.copyWithin(place + 1, place, this.#count);
    this.#sorted[place] = value;
    this.#count++;
  }

  /** Of the first that is not smaller. */
  #placeOf(value: number): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
