import { thin } from "@mobilenet-bench/spec";

/** No layer is thinner: see the spec's `thin`. */
const MIN_CHANNELS = thin(1, Number.MIN_VALUE);
const MAX_DECIMALS = 20;

/**
 * The α that fit all layers seen so far, low ≤ α < high. Channels before thinning are powers of two, so that
 * bounds and comparisons are exact.
 */
export class AlphaRange {
  #low = 0;
  #high = Infinity;

  /**
   * Takes a layer into account.
   * @param channels of the full network (α = 1)
   * @param thinned of the file
   * @returns false, and changes nothing, where no α fits this layer and all before it
   */
  narrow(channels: number, thinned: number): boolean {
    if (thinned < MIN_CHANNELS) return false;
    const low = Math.max(this.#low, thinned === MIN_CHANNELS ? 0 : thinned / channels);
    const high = Math.min(this.#high, (thinned + 1) / channels);
    if (low >= high) return false;
    this.#low = low;
    this.#high = high;
    return true;
  }

  /** The fewest and the most channels that a layer of `channels` may have (Infinity before any was seen). */
  thinned(channels: number): readonly [fewest: number, most: number] {
    const most = Math.ceil(this.#high * channels) - 1;
    return [thin(channels, this.#low), Math.max(MIN_CHANNELS, most)];
  }

  has(alpha: number): boolean {
    return alpha > 0 && alpha >= this.#low && alpha < this.#high;
  }

  /** The α with the fewest decimals (the smallest of those); undefined before any layer was seen. */
  shortest(): number | undefined {
    if (this.#high === Infinity) return undefined;
    for (let decimals = 0; decimals <= MAX_DECIMALS; decimals++) {
      const scale = 10 ** decimals;
      const alpha = Math.max(1, Math.ceil(this.#low * scale)) / scale;
      if (this.has(alpha)) return alpha;
    }
    return this.#low;
  }
}
