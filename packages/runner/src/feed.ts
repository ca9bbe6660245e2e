import { uniform } from "@mobilenet-bench/spec";

/**
 * By how much a value of an image is varied, at most: some steps of float32 between ½ and 1, so that hardly a varied one
 * keeps its bits, and so little that the logits move by less than what rounding may do to them anyway.
 */
export const VARIATION = 2 ** -22;

/** From one varied value to the next, at most. */
const FARTHEST = 15;

/** Values of noise and of distances, a power of two, read round and round from a place of each inference's own. */
const NOISE = 1024;

/** What timed inferences are made of. */
export type TimedImages = readonly [first: Float32Array, second: Float32Array];

/** An input for one inference. */
export interface Fed {
  /** Which image it was made of. */
  readonly image: number;
  /** The same array every time, with other content. */
  readonly input: Float32Array;
}

/**
 * Inputs that no session has seen before: each is one of the images, drawn at random, with noise of its own on one value
 * in eight, anywhere. Whoever remembers answers by content never meets one again; whoever remembers them by array always
 * does, and is wrong. What the logits must be is known all the same: those of the image, within bounds that allow for
 * the noise.
 * @param images equally long, values in [−1, 1]
 */
export function createFeed(images: TimedImages, seed: number): { next(): Fed } {
  const next = uniform(seed, "timed-inputs");
  const [{ length }] = images;
  const noise = Float32Array.from({ length: NOISE }, () => next() * VARIATION);
  const below = (count: number) => Math.floor(((next() + 1) / 2) * count);
  const distances = Uint8Array.from({ length: NOISE }, () => 1 + below(FARTHEST));
  const input = new Float32Array(length);
  return {
    next() {
      const image = below(images.length);
      // Among the draws is a scale of 32 bits: that two inputs are equal is out of the question.
      input.set(image === 0 ? images[0] : images[1]);
      vary(input, noise, distances, below(NOISE), (next() + 3) / 4);
      return { image, input };
    },
  };
}

/**
 * As little work as can be: the longer the pause between two inferences, the slower the next one (5 to 12 % after 1 ms,
 * 1 to 3 % after 0.1 ms, when small networks run in native code).
 */
function vary(
  input: Float32Array,
  noise: Float32Array,
  distances: Uint8Array,
  from: number,
  scale: number,
): void {
  for (let i = 0, at = from; i < input.length; at = (at + 1) & (NOISE - 1)) {
    const value = input[i]! + scale * noise[at]!;
    input[i] = value > 1 ? 1 : value < -1 ? -1 : value;
    i += distances[at]!;
  }
}

/** How many unseen images are blended; each has its negative beside it. */
export const UNSEEN_BLENDS = 3;

/**
 * Images that are neither those nor near to them, without making any from nothing: blends of the one and of the other
 * mirrored, and their negatives. In what shares, nobody can know beforehand who is not told.
 * @param random numbers in [0, 1)
 * @param which of the blends; all where left out
 */
export function unseenImages(
  [first, second]: TimedImages,
  random: () => number,
  which: readonly number[] = Array.from({ length: UNSEEN_BLENDS }, (_, i) => i),
): Float32Array[] {
  const mirrored = second.toReversed();
  return which.flatMap((i) => {
    // From a third of its own each, so that no two are near to each other.
    const share = 0.2 + (0.6 * (i + 0.2 + 0.6 * random())) / UNSEEN_BLENDS;
    const blend = first.map((value, at) => share * value + (1 - share) * mirrored[at]!);
    return [blend, blend.map((value) => -value)];
  });
}
