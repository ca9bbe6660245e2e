import { $, func, i32, local, select, v128, type Local } from "wasmati";
import type { Layer, Padding } from "@mobilenet-bench/spec";
import { NARROW } from "../layout/panels.ts";
import { split } from "../layout/split.ts";
import { F32, LANES, V128 } from "../layout/units.ts";
import { range } from "../list.ts";
import type { Level } from "../simd/level.ts";
import type { Code } from "./module.ts";
import { registerTile, registerTypes } from "./register-tile.ts";
import type { Tile } from "./tile.ts";
import { advance, countDown } from "./vocabulary.ts";

export interface ConvolutionShape {
  readonly height: number;
  /** Input channels. */
  readonly depth: number;
  readonly outputWidth: number;
  readonly stride: number;
  readonly padding: Pick<Padding, "top">;
  readonly activation: Layer["activation"];
  /** Floats from one pixel to the next. */
  readonly inputPitch: number;
  readonly outputPitch: number;
  /** Bytes from one row to the next, border columns included. */
  readonly inputRow: number;
  /** Zero columns to write on both sides of each output row. */
  readonly border: { readonly left: number; readonly right: number };
}

/**
 * Full 3×3 convolution of whole output rows: a {@link registerTile} whose k runs over filter rows, columns and
 * input channels. The matrix of im2col is never built: its rows are read where they lie, since a filter
 * row's values are contiguous in NHWC (nine floats of the image). The input has a border of zero columns;
 * above and below, rows come from a row of zeros. Weights are packed [panel][3][3][depth][columns].
 *
 * Arguments: addresses of the input (its border included), of a row of zeros, of weights, bias and output
 * (the first row to write, border included); the first output row and how many; how many panels of
 * `tile.channels` and how many, 0 or 1, of NARROW.
 */
export function convolution(shape: ConvolutionShape, tile: Tile, level: Level): Code {
  const { height, depth, outputWidth, stride, padding, activation, border } = shape;
  const inputPixel = shape.inputPitch * F32;
  const outputPixel = shape.outputPitch * F32;
  // A filter row is one run where pixels have no padding between them, three where they have.
  const contiguous = shape.inputPitch === depth;
  const runs = contiguous
    ? [{ offset: 0, length: 3 * depth }]
    : range(3).map((kx) => ({ offset: kx * inputPixel, length: depth }));
  return func(
    {
      in: [i32, i32, i32, i32, i32, i32, i32, i32, i32],
      locals: [i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, ...registerTypes(tile)],
      out: [],
    },
    (
      [input, zeros, weights, bias, output, first, rows, panels, narrow],
      [row, rowsLeft, tiles, r0, r1, r2, a, end, b, c, ...v],
    ) => {
      const tileOf = registerTile(v, tile, level, activation);
      const starts = [r0, r1, r2];

      /** Where filter row ky of this output row begins, or the zeros. */
      const startRow = (start: Local<"i32">, ky: number) => {
        local.set(a, i32.add(i32.mul(row, stride), ky - padding.top));
        i32.add(input, i32.mul(a, shape.inputRow));
        local.get(zeros);
        i32.lt_u(a, height); // unsigned: also false above the image
        select();
        local.set(start, $);
      };

      const panel = (columns: number) => {
        local.set(row, first);
        local.set(rowsLeft, rows);
        local.set(c, output);
        countDown(rowsLeft, () => {
          for (const [ky, start] of starts.entries()) startRow(start, ky);
          zeroColumns(border.left, columns);
          for (const { pixels, times } of tilesOf(outputWidth, tile.pixels)) {
            local.set(tiles, times);
            countDown(tiles, () => block(pixels, columns));
          }
          zeroColumns(border.right, columns);
          advance(row, 1);
        });
        advance(weights, 9 * depth * columns * F32);
        advance(bias, columns * F32);
        advance(output, columns * F32);
      };

      const block = (pixels: number, columns: number) => {
        const sums = tileOf(pixels, columns);
        sums.begin(bias);
        local.set(b, weights);
        for (const start of starts)
          for (const { offset, length } of runs) {
            local.set(a, i32.add(start, offset));
            local.set(end, i32.add(a, length * F32));
            sums.accumulate({ input: a, end, weights: b, pixelBytes: stride * inputPixel });
          }
        sums.store(c, outputPixel);
        for (const start of starts) advance(start, pixels * stride * inputPixel);
        advance(c, pixels * outputPixel);
      };

      const zeroColumns = (pixels: number, columns: number) => {
        for (const i of range(pixels))
          for (const j of range(columns / LANES))
            v128.store({ offset: i * outputPixel + j * V128 }, c, v128.const("f32x4", [0, 0, 0, 0]));
        advance(c, pixels * outputPixel);
      };

      countDown(panels, () => panel(tile.channels));
      if (tile.channels > NARROW) countDown(narrow, () => panel(NARROW));
    },
  );
}

/** Tiles across a row, those of the same size together. */
function tilesOf(width: number, most: number) {
  const sizes = split(width, most);
  return [...new Set(sizes)].map((pixels) => ({
    pixels,
    times: sizes.filter((size) => size === pixels).length,
  }));
}
