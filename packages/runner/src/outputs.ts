import { compare, type Comparison, type Expected } from "@mobilenet-bench/backend";

/** The logits of one timed inference. */
export interface TimedOutput {
  /** Counted from 1 since the process began to warm up. */
  readonly inference: number;
  /** Which image its input was made of. */
  readonly image: number;
  readonly logits: Float32Array;
  /** They are, bit for bit, those of the inference before, although that was one of another image. */
  readonly repeated: boolean;
  /** The array that was returned held something else when the next inference was over. */
  readonly touched: boolean;
}

/**
 * Looks at the logits of every timed inference. They are copied between inferences, which takes about a microsecond
 * and leaves no garbage, and compared after the block.
 */
export class Outputs {
  readonly #expected: readonly Expected[];
  readonly #images: number[] = [];
  #logits = new Float32Array();
  #inferences = 0;
  /** As it was returned last: it belongs to the caller. */
  #returned: Float32Array = new Float32Array();
  #worst: { readonly output: TimedOutput; readonly comparison: Comparison } | undefined;

  /** @param expected of each image */
  constructor(expected: readonly Expected[]) {
    this.#expected = expected;
  }

  /** Makes room for so many inferences, which follow. */
  expect(inferences: number): void {
    const length = inferences * this.#classes;
    if (this.#logits.length < length) this.#logits = new Float32Array(length);
  }

  keep(image: number, logits: Float32Array): void {
    this.#lookBack();
    this.#returned = logits;
    if (logits.length === this.#classes) this.#logits.set(logits, this.#images.length * this.#classes);
    else
      this.#notice({
        inference: this.#inferences + this.#images.length + 1,
        image,
        logits,
        repeated: false,
        touched: false,
      });
    this.#images.push(image);
  }

  /** Compares what was kept since the last time. */
  compare(): void {
    this.#lookBack();
    const at = (index: number) => this.#logits.subarray(index * this.#classes, (index + 1) * this.#classes);
    for (const [index, image] of this.#images.entries()) {
      const logits = at(index);
      const repeated =
        this.#differs(image, this.#images[index - 1]) &&
        at(index - 1).every((value, i) => Object.is(value, logits[i]));
      this.#notice({ inference: this.#inferences + index + 1, image, logits, repeated, touched: false });
    }
    this.#inferences += this.#images.length;
    this.#images.length = 0;
  }

  /** The first that is wrong, else the one nearest to its bounds; forgets it. */
  takeWorst(): TimedOutput | undefined {
    const worst = this.#worst?.output;
    this.#worst = undefined;
    return worst;
  }

  /** Whether the array of the inference before is still what it was: sessions that reuse it save what others pay. */
  #lookBack(): void {
    const index = this.#images.length - 1;
    const image = this.#images[index];
    if (image === undefined) return;
    const logits = this.#logits.subarray(index * this.#classes, (index + 1) * this.#classes);
    // What has another length was noticed when it was kept, and is not in the store.
    if (logits.length !== this.#classes || sameBits(this.#returned, logits)) return;
    const inference = this.#inferences + index + 1;
    this.#notice({ inference, image, logits, repeated: false, touched: true });
  }

  #notice(output: TimedOutput): void {
    if (this.#worst && isWrong(this.#worst)) return;
    const expected = this.#expected[output.image];
    if (!expected) throw new Error("[runner] an image has no reference. This is a bug; please report it.");
    const comparison = compare(output.logits, expected);
    const found = { output, comparison };
    if (this.#worst && !isWrong(found) && comparison.worstFraction <= this.#worst.comparison.worstFraction)
      return;
    this.#worst = { comparison, output: { ...output, logits: output.logits.slice() } };
  }

  /** Whether two images have different answers at all: a network may be dead to its input. */
  #differs(image: number, other = image): boolean {
    const values = this.#expected[other]?.values;
    return this.#expected[image]?.values.some((value, i) => value !== values?.[i]) ?? false;
  }

  get #classes(): number {
    return this.#expected[0]?.values.length ?? 0;
  }
}

function isWrong({ output, comparison }: { output: TimedOutput; comparison: Comparison }): boolean {
  return output.repeated || output.touched || !comparison.ok;
}

/** A plain loop: it runs between two inferences, for which it must not take long. */
function sameBits(a: Float32Array, b: Float32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}
