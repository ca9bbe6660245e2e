import { br_if, i32, local, loop, v128, type Local } from "wasmati";
import type { Layer } from "@mobilenet-bench/spec";
import { F32, LANES, V128 } from "../layout/units.ts";
import { at, grid } from "../list.ts";
import type { Level } from "../simd/level.ts";
import type { Tile } from "./tile.ts";
import { activate, advance, multiplyAdd, vectors } from "./vocabulary.ts";

/** The types of the locals that {@link registerTile} takes: sums, a row of weights, and a value for all lanes. */
export function registerTypes(tile: Tile) {
  return vectors((tile.pixels + 1) * widthOf(tile) + 1);
}

/** Pointers of a loop over k, which end where k does. */
export interface Streams {
  /** Of the first pixel's inputs, one after the other; the others lie at constant offsets. */
  readonly input: Local<"i32">;
  /** Where the first pixel's inputs end. */
  readonly end: Local<"i32">;
  /** Of the weights, [k][columns]. */
  readonly weights: Local<"i32">;
  /** Bytes from one pixel's inputs to the next one's. */
  readonly pixelBytes: number;
}

/**
 * sums[m, n] = bias[n] + Σₖ input[m, k] · weights[k, n] in registers, for up to `tile.pixels` × `tile.channels`.
 *
 * Against three nested loops: the sums stay in registers while k runs, so each value loaded is used several times and
 * the loop is bound by multiply-adds, not by loads.
 * @param locals of {@link registerTypes}
 * @returns the code for a block of as many pixels and columns: its three parts, in this order
 */
export function registerTile(
  locals: readonly Local<"v128">[],
  tile: Tile,
  level: Level,
  activation: Layer["activation"],
) {
  const width = widthOf(tile);
  const registers = grid(locals, tile.pixels + 1, width);
  const weightRow = at(registers, tile.pixels);
  const splat = at(locals, (tile.pixels + 1) * width);
  return (pixels: number, columns: number) => {
    const sums = registers.slice(0, pixels).map((row) => row.slice(0, columns / LANES));
    const factors = weightRow.slice(0, columns / LANES);
    return {
      /** Every sum begins with the bias of its column. */
      begin(bias: Local<"i32">) {
        for (const row of sums)
          for (const [j, sum] of row.entries()) local.set(sum, v128.load({ offset: j * V128 }, bias));
      },
      /** @param meanwhile what else each step does */
      accumulate({ input, end, weights, pixelBytes }: Streams, meanwhile: () => void = () => {}) {
        loop({}, (again) => {
          for (const [j, factor] of factors.entries())
            local.set(factor, v128.load({ offset: j * V128 }, weights));
          for (const [i, row] of sums.entries()) {
            local.set(splat, v128.load32_splat({ offset: i * pixelBytes }, input));
            for (const [j, sum] of row.entries()) multiplyAdd(level, sum, splat, at(factors, j));
          }
          meanwhile();
          advance(weights, columns * F32);
          advance(input, F32);
          i32.lt_u(input, end);
          br_if(again);
        });
      },
      /** Stores the sums after the activation, pixels `pixelBytes` apart. */
      store(output: Local<"i32">, pixelBytes: number) {
        for (const [i, row] of sums.entries())
          for (const [j, sum] of row.entries()) {
            activate(activation, sum);
            v128.store({ offset: i * pixelBytes + j * V128 }, output, sum);
          }
      },
    };
  };
}

function widthOf({ channels }: Tile) {
  return channels / LANES;
}
