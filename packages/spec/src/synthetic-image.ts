import { uniform } from "./random.ts";

/** Sides of the grids of random values that are added up, each counting half as much as the one before. */
const OCTAVES = [3, 6, 12, 24, 48];

/**
 * A deterministic picture-like input: value noise over several octaves, so that, as in a photograph, near
 * pixels resemble each other and there is detail at every scale.
 * @returns NHWC [resolution, resolution, 3], values in [−1, 1], the same bits on every engine
 */
export function syntheticImage(resolution: number, seed = 1): Float32Array {
  const sum = new Float64Array(resolution * resolution * 3);
  let amplitude = 1;
  for (const side of OCTAVES) {
    addOctave(sum, resolution, side, amplitude, seed);
    amplitude /= 2;
  }
  // The amplitudes add up to almost 2, so that now and then a value leaves the range and is cut.
  return Float32Array.from(sum, (value) => Math.min(1, Math.max(-1, value)));
}

/** Adds a grid of (side + 1)² random colours, interpolated bilinearly. */
function addOctave(sum: Float64Array, resolution: number, side: number, amplitude: number, seed: number) {
  const next = uniform(seed, `synthetic-image/${side}`);
  const grid = Float64Array.from({ length: (side + 1) * (side + 1) * 3 }, () => next() * amplitude);
  for (let y = 0; y < resolution; y++) {
    const gy = (y / resolution) * side;
    const top = Math.floor(gy);
    for (let x = 0; x < resolution; x++) {
      const gx = (x / resolution) * side;
      const left = Math.floor(gx);
      const corner = (top * (side + 1) + left) * 3;
      const below = corner + (side + 1) * 3;
      for (let c = 0; c < 3; c++) {
        const upper = mix(grid[corner + c]!, grid[corner + 3 + c]!, gx - left);
        const lower = mix(grid[below + c]!, grid[below + 3 + c]!, gx - left);
        sum[(y * resolution + x) * 3 + c]! += mix(upper, lower, gy - top);
      }
    }
  }
}

function mix(a: number, b: number, t: number) {
  return a + (b - a) * t;
}
