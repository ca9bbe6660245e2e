import { rank, wilson } from "./rank.ts";

/** How often the right class wins. */
export interface Score {
  readonly pictures: number;
  /** Pictures whose likeliest class is the right one. */
  readonly correct: number;
  readonly top1: number;
  /** At 95 %. */
  readonly interval: readonly [low: number, high: number];
  /** Share of pictures whose right class is among the five likeliest. */
  readonly top5: number;
  /** Pictures whose likeliest class is the reference's. */
  readonly agreeing: number;
}

/** @param reference the logits of the reference for the same pictures */
export function score(
  logits: readonly (Float32Array | Float64Array)[],
  labels: readonly number[],
  reference: readonly Float64Array[],
): Score {
  let correct = 0;
  let among5 = 0;
  let agreeing = 0;
  for (const [index, values] of logits.entries()) {
    const ranked = rank(values, 5).map((entry) => entry.index);
    const [right] = rank(reference[index] ?? new Float64Array(), 1);
    if (ranked[0] === labels[index]) correct++;
    if (ranked.some((label) => label === labels[index])) among5++;
    if (ranked[0] === right?.index) agreeing++;
  }
  const pictures = logits.length;
  const interval = wilson(correct, pictures);
  return { pictures, correct, top1: correct / pictures, interval, top5: among5 / pictures, agreeing };
}
