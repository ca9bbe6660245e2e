import { elements, type Layer } from "@mobilenet-bench/spec";
import { vectors } from "./kernel.ts";
import type { DirectTile, ScratchTile, SharedTile, Tile } from "./tile.ts";

/** The tiles to choose from, for each way of multiplying. */
export interface TileSet {
  /** One layer alone. */
  readonly single: readonly Tile[];
  /** Depthwise and pointwise. */
  readonly separable: readonly Tile[];
  /** Pool and dense; none where two dispatches are always better. */
  readonly classifier: readonly Tile[];
  /** Layers of fewer mult-adds take the last tile, which compiles fastest, since compiling is all that counts. */
  readonly worthMultAdds: number;
}

const shared = (
  pixels: number,
  channels: number,
  rows: number,
  columns: number,
  split: number,
): SharedTile => ({ kind: "shared", pixels, vectors: channels / 4, rows, columns, split });
const direct = (rows: number, columns: number): DirectTile => ({ kind: "direct", rows, columns });
const scratch = (rows: number, columns: number): ScratchTile => ({ kind: "scratch", rows, columns });

/**
 * For GPUs. Large planes have workgroups enough, and large blocks save reads; small planes are deep, so that their
 * depth is split over threads and channels over workgroups.
 */
const HARDWARE: TileSet = {
  single: [
    shared(64, 64, 4, 1, 1),
    shared(32, 64, 4, 1, 2),
    shared(14, 64, 7, 1, 4),
    shared(14, 32, 7, 1, 8),
    shared(7, 32, 7, 1, 16),
    shared(1, 64, 1, 1, 16),
  ],
  separable: [
    shared(64, 64, 4, 1, 1),
    shared(32, 64, 4, 1, 2),
    shared(14, 64, 7, 1, 4),
    shared(14, 32, 7, 1, 8),
    shared(7, 32, 7, 1, 16),
  ],
  classifier: [shared(1, 64, 1, 1, 16), shared(1, 32, 1, 1, 32)],
  worthMultAdds: 0,
};

/** Without barriers; each kernel takes some tenths of a second to compile. The pool is not worth repeating for each class. */
const SOFTWARE: TileSet = {
  single: [direct(7, 2), direct(4, 2), direct(1, 1)],
  separable: [scratch(7, 2), scratch(4, 2), scratch(1, 1)],
  classifier: [],
  worthMultAdds: 2_000_000,
};

export const TILE_SETS = { hardware: HARDWARE, software: SOFTWARE } as const;

/** Every kernel that a session may use is one of these. */
export const ALL_TILES: readonly Tile[] = Object.values(TILE_SETS).flatMap((set) => [
  ...set.single,
  ...set.separable,
  ...set.classifier,
]);

/** How many tiles of a set are worth measuring for one layer. */
const MEASURED = 2;
/** Blocks of outputs that keep a machine busy: fewer of them leave cores idle. */
const ENOUGH: Readonly<Record<Tile["kind"], number>> = { shared: 128, direct: 64, scratch: 8 };

/**
 * The few tiles of `set` that may suit the layer, the best guess first: sets go from large to small, and the guess
 * is the first tile that leaves enough to do in parallel.
 */
export function candidateTiles(
  layer: Layer,
  set: readonly Tile[],
  { worthMultAdds }: TileSet,
): readonly Tile[] {
  if (layer.multAdds < worthMultAdds) return set.slice(-1);
  const [height, width] = layer.output;
  const found = set.findIndex(
    (tile) => tile.rows <= height * width && blocks(layer, tile) >= ENOUGH[tile.kind],
  );
  const guess = found < 0 ? set.length - 1 : found;
  return set.slice(Math.max(0, guess), guess + MEASURED);
}

/** Workgroups, or threads where these are the unit of work. */
function blocks({ output }: Layer, tile: Tile): number {
  const [, , channels] = output;
  const pixels = elements(output) / channels;
  switch (tile.kind) {
    case "shared":
      return Math.ceil(pixels / tile.pixels) * Math.ceil(vectors(channels) / tile.vectors);
    case "direct":
      return Math.ceil(pixels / tile.rows) * Math.ceil(vectors(channels) / tile.columns);
    case "scratch":
      return Math.ceil(pixels / tile.rows);
  }
}
