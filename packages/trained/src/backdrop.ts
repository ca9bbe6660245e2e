import type { Uniform } from "@mobilenet-bench/spec";
import type { Canvas, Colour } from "./canvas.ts";
import { darkColour } from "./colour.ts";
import { between } from "./random.ts";

/** Cells along each side of the grid that clouds are interpolated from. */
const CELLS = 4;

/**
 * Fills the canvas with a colour, a slope of brightness and soft clouds.
 * @returns the colour that all of it lies around
 */
export function backdrop({ resolution, values }: Canvas, next: Uniform): Colour {
  const ground = darkColour(next);
  const [slopeX, slopeY] = [between(next, -0.2, 0.2), between(next, -0.2, 0.2)];
  const strength = between(next, 0, 0.14);
  const grid = Float64Array.from({ length: (CELLS + 1) * (CELLS + 1) * 3 }, () => next() * strength);
  const row = (CELLS + 1) * 3;
  for (let y = 0; y < resolution; y++)
    for (let x = 0; x < resolution; x++) {
      const [fx, fy] = [(x + 0.5) / resolution, (y + 0.5) / resolution];
      const [left, top] = [Math.floor(fx * CELLS), Math.floor(fy * CELLS)];
      const [right, below] = [fx * CELLS - left, fy * CELLS - top];
      const light = slopeX * (fx - 0.5) + slopeY * (fy - 0.5);
      for (let c = 0; c < 3; c++) {
        const corner = top * row + left * 3 + c;
        const upper = grid[corner]! * (1 - right) + grid[corner + 3]! * right;
        const lower = grid[corner + row]! * (1 - right) + grid[corner + row + 3]! * right;
        values[(y * resolution + x) * 3 + c] = ground[c]! + light + upper * (1 - below) + lower * below;
      }
    }
  return ground;
}
