import type { Uniform } from "@mobilenet-bench/spec";

/** The next number, scaled to [low, high). */
export function between(next: Uniform, low: number, high: number): number {
  return low + ((next() + 1) / 2) * (high - low);
}

export function chance(next: Uniform, probability: number): boolean {
  return between(next, 0, 1) < probability;
}

/** A direction, every one as likely: √ is rounded exactly everywhere, sine and cosine are not. */
export function direction(next: Uniform): readonly [x: number, y: number] {
  for (;;) {
    const x = next();
    const y = next();
    const square = x * x + y * y;
    if (square > 1 || square < 0.01) continue;
    const length = Math.sqrt(square);
    return [x / length, y / length];
  }
}
