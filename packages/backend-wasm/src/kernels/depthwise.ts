import { $, br_if, func, i32, local, loop, select, v128, type Local } from "wasmati";
import type { Layer, Padding } from "@mobilenet-bench/spec";
import { split } from "../layout/split.ts";
import { TAPS } from "../layout/taps.ts";
import { F32, LANES, V128 } from "../layout/units.ts";
import { at, grid } from "../list.ts";
import type { Level } from "../simd/level.ts";
import type { Code } from "./module.ts";
import type { Tile } from "./tile.ts";
import { activate, advance, countDown, multiplyAdd, vectors } from "./vocabulary.ts";

export interface DepthwiseShape {
  readonly height: number;
  readonly width: number;
  readonly outputWidth: number;
  readonly stride: number;
  readonly padding: Pick<Padding, "top" | "left">;
  readonly activation: Layer["activation"];
  /** Floats from one pixel to the next, the same for input and output. */
  readonly pitch: number;
}

/**
 * Depthwise 3×3 of whole output rows.
 *
 * Against a loop over nine taps per output: a strip of columns stays in registers, so that each input is
 * loaded once per filter row and used for up to three outputs, and each weight is used for the whole strip.
 * Taps outside the image are left out when the code is generated for the first and the last strip; above and
 * below, rows come from a row of zeros. So nothing is padded or copied. Weights and bias are packed
 * [channels / group][10][group = tile.channels] and read as one stream.
 *
 * Arguments: addresses of the input, of a row of zeros, of weights and output; the first output row and how
 * many; the bytes of channels to leave out at the front and where to end, multiples of the tile's.
 */
export function depthwise(shape: DepthwiseShape, tile: Tile, level: Level): Code {
  const { height, width, stride, padding, activation } = shape;
  const lanes = tile.channels / LANES;
  const pixel = shape.pitch * F32;
  return func(
    {
      in: [i32, i32, i32, i32, i32, i32, i32, i32],
      locals: [i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, ...vectors((tile.pixels + 4) * lanes)],
      out: [],
    },
    (
      [input, zeros, weights, output, row, rows, begin, end],
      [count, r0, r1, r2, p0, p1, p2, w, o, c, ...v],
    ) => {
      const registers = grid(v, tile.pixels + 4, lanes);
      const accumulators = registers.slice(0, tile.pixels);
      const taps = registers.slice(tile.pixels, -1);
      const x = at(registers, tile.pixels + 3);
      const starts = [r0, r1, r2];
      const pointers = [p0, p1, p2];

      /** Where filter row ky of this output row begins, or the zeros. */
      const startRow = (start: Local<"i32">, ky: number) => {
        local.set(c, i32.add(i32.mul(row, stride), ky - padding.top));
        i32.add(input, i32.mul(c, width * pixel));
        local.get(zeros);
        i32.lt_u(c, height); // unsigned: also false above the image
        select();
        local.set(start, $);
      };

      const strip = (first: number, columns: number) => {
        const outputs = accumulators.slice(0, columns);
        // The input columns that the strip sees, and where its pointers begin: inside the image.
        const from = Math.max(0, first * stride - padding.left);
        const to = Math.min(width, (first + columns - 1) * stride - padding.left + 3);
        for (const [ky, pointer] of pointers.entries()) {
          const back = (first * stride - from) * pixel;
          local.set(pointer, i32.add(at(starts, ky), i32.sub(begin, back)));
        }
        local.set(w, i32.add(weights, i32.mul(begin, TAPS)));
        local.set(o, i32.add(output, begin));
        local.set(c, begin);
        loop({}, (again) => {
          const tapAt = (tap: number, lane: number) => v128.load({ offset: (tap * lanes + lane) * V128 }, w);
          for (const sums of outputs)
            for (const [lane, sum] of sums.entries()) local.set(sum, tapAt(TAPS - 1, lane));
          for (const [ky, pointer] of pointers.entries()) {
            for (const [kx, tap] of taps.entries())
              for (const [lane, weight] of tap.entries()) local.set(weight, tapAt(ky * 3 + kx, lane));
            for (let column = from; column < to; column++) {
              for (const [lane, value] of x.entries())
                local.set(value, v128.load({ offset: (column - from) * pixel + lane * V128 }, pointer));
              for (const [i, sums] of outputs.entries()) {
                const kx = column - ((first + i) * stride - padding.left);
                if (kx < 0 || kx > 2) continue;
                for (const [lane, sum] of sums.entries())
                  multiplyAdd(level, sum, at(x, lane), at(at(taps, kx), lane));
              }
            }
            advance(pointer, tile.channels * F32);
          }
          for (const [i, sums] of outputs.entries())
            for (const [lane, sum] of sums.entries()) {
              activate(activation, sum);
              v128.store({ offset: i * pixel + lane * V128 }, o, sum);
            }
          advance(w, TAPS * tile.channels * F32);
          advance(o, tile.channels * F32);
          advance(c, tile.channels * F32);
          i32.lt_u(c, end);
          br_if(again);
        });
        for (const start of starts) advance(start, columns * stride * pixel);
        advance(output, columns * pixel);
      };

      countDown(rows, () => {
        for (const [ky, start] of starts.entries()) startRow(start, ky);
        for (const { first, columns, times } of strips(shape, tile.pixels)) {
          local.set(count, times);
          countDown(count, () => strip(first, columns));
        }
        advance(row, 1);
      });
    },
  );
}

/** Strips across a row; consecutive ones that are alike and see no border share their code. */
function strips({ width, outputWidth, stride, padding }: DepthwiseShape, most: number) {
  const groups: { first: number; columns: number; times: number; inner: boolean }[] = [];
  let first = 0;
  for (const columns of split(outputWidth, most)) {
    const from = first * stride - padding.left;
    const inner = from >= 0 && from + (columns - 1) * stride + 3 <= width;
    const previous = groups.at(-1);
    if (inner && previous?.inner && previous.columns === columns) previous.times++;
    else groups.push({ first, columns, times: 1, inner });
    first += columns;
  }
  return groups;
}
