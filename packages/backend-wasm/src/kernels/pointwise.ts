import { br_if, drop, func, i32, local, loop, v128 } from "wasmati";
import type { Layer } from "@mobilenet-bench/spec";
import type { Level } from "../simd/level.ts";
import type { KernelCode } from "./module.ts";
import { NARROW } from "./panel.ts";
import type { Tile } from "./tile.ts";
import {
  activate,
  advance,
  at,
  countDown,
  F32,
  grid,
  LANES,
  multiplyAdd,
  range,
  V128,
  vectors,
} from "./vocabulary.ts";

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
 * Against three nested loops: a tile of outputs stays in registers while k runs, so each value loaded is used
 * several times and the loop is bound by multiply-adds, not by loads. Weights are packed
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
export function pointwise(shape: PointwiseShape, tile: Tile, level: Level): KernelCode {
  const { depth, inputPitch, outputPitch, activation, readAhead } = shape;
  const width = tile.channels / LANES;
  return func(
    {
      in: [i32, i32, i32, i32, i32, i32, i32, i32],
      locals: [i32, i32, i32, i32, i32, i32, i32, ...vectors((tile.pixels + 1) * width + 1)],
      out: [],
    },
    (
      [input, weights, bias, output, large, small, panels, narrow],
      [a, b, c, end, count, next, ahead, ...v],
    ) => {
      const registers = grid(v, tile.pixels + 1, width);
      const accumulators = registers.slice(0, tile.pixels);
      const weight = at(registers, tile.pixels);
      const splat = at(v, (tile.pixels + 1) * width);

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
          countDown(count, () => block(accumulators.slice(0, pixels), columns));
        }
        advance(weights, depth * columns * F32);
        advance(bias, columns * F32);
        advance(output, columns * F32);
      };

      const block = (rows: typeof accumulators, columns: number) => {
        const sums = rows.map((row) => row.slice(0, columns / LANES));
        const factors = weight.slice(0, columns / LANES);
        for (const row of sums)
          for (const [j, sum] of row.entries()) local.set(sum, v128.load({ offset: j * V128 }, bias));
        local.set(b, weights);
        local.set(end, i32.add(a, depth * F32));
        local.set(ahead, i32.sub(next, a));
        advance(next, depth * F32);
        loop({}, (again) => {
          for (const [j, factor] of factors.entries()) local.set(factor, v128.load({ offset: j * V128 }, b));
          for (const [i, row] of sums.entries()) {
            local.set(splat, v128.load32_splat({ offset: i * inputPitch * F32 }, a));
            for (const [j, sum] of row.entries()) multiplyAdd(level, sum, splat, at(factors, j));
          }
          for (const stream of range(readAhead ? columns / NARROW : 0)) {
            i32.load({ offset: stream * depth * NARROW * F32 }, i32.add(a, ahead));
            drop();
          }
          advance(b, columns * F32);
          advance(a, F32);
          i32.lt_u(a, end);
          br_if(again);
        });
        for (const [i, row] of sums.entries())
          for (const [j, sum] of row.entries()) {
            activate(activation, sum);
            v128.store({ offset: i * outputPitch * F32 + j * V128 }, c, sum);
          }
        advance(a, (rows.length * inputPitch - depth) * F32);
        advance(c, rows.length * outputPitch * F32);
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
