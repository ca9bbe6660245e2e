import { drop, func, i32, local } from "wasmati";
import type { Layer } from "@mobilenet-bench/spec";
import { NARROW } from "../layout/panels.ts";
import { F32 } from "../layout/units.ts";
import { range } from "../list.ts";
import type { Level } from "../simd/level.ts";
import type { Code } from "./module.ts";
import { registerTile, registerTypes } from "./register-tile.ts";
import type { Tile } from "./tile.ts";
import { advance, countDown } from "./vocabulary.ts";

export interface PointwiseShape {
  /** Input channels. */
  readonly depth: number;
  /** Floats from one pixel to the next. */
  readonly inputPitch: number;
  readonly outputPitch: number;
  readonly activation: Layer["activation"];
  /** Whether to bring the next panel nearer while one is used. */
  readonly readAhead: boolean;
}

/**
 * output[m, n] = activation(bias[n] + Σₖ input[m, k] · weights[k, n])
 *
 * Against three nested loops: a {@link registerTile} of outputs. Weights are packed
 * [panel][depth][columns] and read as one stream; the input is read in place, its pixels at constant offsets
 * from one pointer. Panels are outermost: one stays in the first cache for all pixels. Pixels go in blocks of
 * `tile.pixels` and of one less, so that none is padded. A dense layer is the same with one pixel.
 *
 * On small planes a panel is used so briefly that the first block would wait for it to come from memory.
 * There, each step also reads four bytes of every eight channels of the next panel, a block at a time, so
 * that it comes while there is work to do: 4 % faster at 14², 14 % at 7². (WebAssembly has no prefetch, and
 * reading faster stalls more than it helps.) That touches at most {@link readAheadBytes} beyond the weights.
 *
 * Arguments: addresses of input, weights, bias and output; how many large and how many small blocks of pixels;
 * how many panels of `tile.channels` and how many, 0 or 1, of NARROW.
 */
export function pointwise(shape: PointwiseShape, tile: Tile, level: Level): Code {
  const { depth, inputPitch, outputPitch, activation, readAhead } = shape;
  return func(
    {
      in: [i32, i32, i32, i32, i32, i32, i32, i32],
      locals: [i32, i32, i32, i32, i32, i32, i32, ...registerTypes(tile)],
      out: [],
    },
    (
      [input, weights, bias, output, large, small, panels, narrow],
      [a, b, c, end, count, next, ahead, ...v],
    ) => {
      const tileOf = registerTile(v, tile, level, activation);

      const panel = (columns: number) => {
        local.set(a, input);
        local.set(c, output);
        local.set(next, i32.add(weights, depth * columns * F32));
        for (const [pixels, times] of [
          [tile.pixels, large],
          [tile.pixels - 1, small],
        ] as const) {
          if (pixels === 0) continue;
          local.set(count, times);
          countDown(count, () => block(pixels, columns));
        }
        advance(weights, depth * columns * F32);
        advance(bias, columns * F32);
        advance(output, columns * F32);
      };

      const block = (pixels: number, columns: number) => {
        const sums = tileOf(pixels, columns);
        sums.begin(bias);
        local.set(b, weights);
        local.set(end, i32.add(a, depth * F32));
        local.set(ahead, i32.sub(next, a));
        advance(next, depth * F32);
        sums.accumulate({ input: a, end, weights: b, pixelBytes: inputPitch * F32 }, () => {
          for (const stream of range(readAhead ? columns / NARROW : 0)) {
            i32.load({ offset: stream * depth * NARROW * F32 }, i32.add(a, ahead));
            drop();
          }
        });
        sums.store(c, outputPitch * F32);
        advance(a, (pixels * inputPitch - depth) * F32);
        advance(c, pixels * outputPitch * F32);
      };

      countDown(panels, () => panel(tile.channels));
      if (tile.channels > NARROW) countDown(narrow, () => panel(NARROW));
    },
  );
}

/** Planes up to this size (16²) use a panel of weights so briefly that the next one is read ahead. */
const READ_AHEAD_PIXELS = 256;

/** Whether a layer with that many output pixels reads ahead; a single one would not get far. */
export function readsAhead(pixels: number) {
  return pixels > 1 && pixels <= READ_AHEAD_PIXELS;
}

/** The bytes that reading ahead may touch beyond the weights. */
export function readAheadBytes(pixels: number, depth: number, tile: Tile) {
  return readsAhead(pixels) ? (pixels + tile.channels) * depth * F32 : 0;
}
