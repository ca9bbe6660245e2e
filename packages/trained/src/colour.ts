import type { Uniform } from "@mobilenet-bench/spec";
import type { Colour } from "./canvas.ts";
import { between } from "./random.ts";

/** Any colour of the darker half: what lies on it has room to be lighter. */
export function darkColour(next: Uniform): Colour {
  for (;;) {
    const colour = [between(next, 0, 1), between(next, 0, 1), between(next, 0, 1)] as const;
    if (sum(colour) < 1.5) return colour;
  }
}

/** A colour at a distance from another one that is drawn between the limits, in the cube of colours with side 1. */
export function colourAgainst(other: Colour, next: Uniform, low: number, high: number): Colour {
  const distance = between(next, low, high);
  for (;;) {
    const [dr, dg, db] = [next(), next(), next()];
    const square = dr * dr + dg * dg + db * db;
    if (square < 0.01 || square > 1) continue;
    const scale = distance / Math.sqrt(square);
    const colour = [other[0] + dr * scale, other[1] + dg * scale, other[2] + db * scale] as const;
    if (colour.every((value) => value >= 0 && value <= 1)) return colour;
  }
}

/** One that is lighter too. */
export function lighterColour(other: Colour, next: Uniform, low: number, high: number): Colour {
  for (;;) {
    const colour = colourAgainst(other, next, low, high);
    if (sum(colour) > sum(other) + low) return colour;
  }
}

function sum([red, green, blue]: Colour): number {
  return red + green + blue;
}
