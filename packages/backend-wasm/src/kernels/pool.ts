import { $, br_if, f32x4, func, i32, local, loop, v128 } from "wasmati";
import { F32, LANES, V128 } from "../layout/units.ts";
import type { Code } from "./module.ts";
import type { Tile } from "./tile.ts";
import { advance, vectors } from "./vocabulary.ts";

export interface PoolShape {
  readonly pixels: number;
  /** Floats from one pixel to the next. */
  readonly pitch: number;
}

/**
 * The mean of every channel over the whole plane.
 *
 * Against a loop over channels within one over pixels: a few vectors of channels are summed over all pixels
 * in registers, so that the plane is read once and no partial sum goes to memory. Divided once, rounded once.
 *
 * Arguments: addresses of input and output; the bytes of channels to leave out at the front and where to end,
 * multiples of the tile's.
 */
export function pool({ pixels, pitch }: PoolShape, tile: Tile): Code {
  const lanes = tile.channels / LANES;
  return func(
    { in: [i32, i32, i32, i32], locals: [i32, i32, ...vectors(lanes)], out: [] },
    ([input, output, begin, end], [pixel, last, ...sums]) => {
      loop({}, (nextChannels) => {
        for (const sum of sums) local.set(sum, v128.const("f32x4", [0, 0, 0, 0]));
        local.set(pixel, i32.add(input, begin));
        local.set(last, i32.add(pixel, pixels * pitch * F32));
        loop({}, (nextPixel) => {
          for (const [lane, sum] of sums.entries())
            local.set(sum, f32x4.add(sum, v128.load({ offset: lane * V128 }, pixel)));
          advance(pixel, pitch * F32);
          i32.lt_u(pixel, last);
          br_if(nextPixel);
        });
        for (const [lane, sum] of sums.entries()) {
          local.set(sum, f32x4.div(sum, v128.const("f32x4", [pixels, pixels, pixels, pixels])));
          i32.add(output, begin);
          v128.store({ offset: lane * V128 }, $, sum);
        }
        advance(begin, tile.channels * F32);
        i32.lt_u(begin, end);
        br_if(nextChannels);
      });
    },
  );
}
