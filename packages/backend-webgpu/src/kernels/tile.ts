import { VECTOR } from "./kernel.ts";

/**
 * How a multiplication is split over workgroups and threads. Each thread keeps `rows × columns` vectors of four
 * outputs in registers.
 *
 * - `shared`: a workgroup of `pixels × vectors` outputs computes the left factor into its shared memory, and
 *   `split` threads share the depth of the same outputs. For hardware.
 * - `direct`: each thread reads the left factor itself. Without shared memory there are no barriers, which
 *   software adapters pay for dearly: SwiftShader compiles a shader with one as a coroutine, in seconds.
 * - `scratch`: each thread computes the left factor of its rows into memory that no other thread reads, then goes
 *   through all columns: fusion without a barrier, at the price of fewer threads. For software adapters.
 * - `quad`: the same, but the four threads of a quad read a quarter of the kernel each and hand it to the others,
 *   since software adapters read memory one thread at a time. Needs subgroups.
 */
export type Tile = SharedTile | DirectTile | ScratchTile;

interface Block {
  /** Pixels of a thread. */
  readonly rows: number;
  /** Vectors of four output channels of a thread. */
  readonly columns: number;
}

export interface SharedTile extends Block {
  readonly kind: "shared";
  readonly pixels: number;
  readonly vectors: number;
  readonly split: number;
}

export interface DirectTile extends Block {
  readonly kind: "direct";
}

export interface ScratchTile extends Block {
  readonly kind: "scratch" | "quad";
}

/** What WebGPU guarantees: 16 KiB of workgroup memory, in vectors of four floats, and threads per workgroup. */
export const SHARED_VECTORS = 1024;
export const MAX_THREADS = 256;

/**
 * `14x32-r7x4s8`: pixels × channels of a workgroup, then those of a thread and the split of the depth;
 * `7x8-direct`: pixels × channels of a thread.
 */
export function tileName(tile: Tile): string {
  const block = `${tile.rows}x${tile.columns * VECTOR}`;
  if (tile.kind !== "shared") return `${block}-${tile.kind}`;
  return `${tile.pixels}x${tile.vectors * VECTOR}-r${block}s${tile.split}`;
}

/** Of a workgroup. */
export function threadsOf({ pixels, vectors, rows, columns, split }: SharedTile): number {
  return (pixels / rows) * (vectors / columns) * split;
}
