import { uniform, type Uniform } from "@mobilenet-bench/spec";

/** `train` is what weights learn from, `validation` what settings are chosen by, `held-out` what accuracy is stated on. */
export const SPLITS = ["train", "validation", "held-out"] as const;
export type Split = (typeof SPLITS)[number];

/** Pictures of each split: with two bits for the split, every picture has a 32-bit number of its own. */
const PICTURES_PER_SPLIT = 2 ** 30;
/** The first numbers of close seeds resemble each other. */
const SKIPPED = 8;

/**
 * The random numbers of one picture. Every step from (split, index) to the seed can be undone, so no two pictures
 * of whatever splits share a seed.
 * @throws RangeError where there is no such picture
 */
export function pictureRandom(split: Split, index: number): Uniform {
  const number = SPLITS.indexOf(split);
  if (number < 0) throw new RangeError(`[trained] "${split}" is no split. Use ${SPLITS.join(", ")}.`);
  if (!Number.isInteger(index) || index < 0 || index >= PICTURES_PER_SPLIT)
    throw new RangeError(`[trained] picture ${index} does not exist. Use a whole number from 0 below 2³⁰.`);
  const next = uniform(scramble(number * PICTURES_PER_SPLIT + index), "picture");
  for (let i = 0; i < SKIPPED; i++) next();
  return next;
}

/** MurmurHash3's last step: a bijection of 32-bit integers in which each bit moves every other. */
function scramble(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
