import { elements, type Layer } from "@mobilenet-bench/spec";
import { vectors } from "./kernel.ts";
import type { DirectTile, ScratchTile, SharedTile, Tile } from "./tile.ts";

/** The tiles to choose from, for each way of multiplying. */
export interface TileSet {
  /** Pointwise or dense alone. */
  readonly single: readonly Tile[];
  /** A full convolution. */
  readonly convolution: readonly Tile[];
  /** Depthwise and pointwise. */
  readonly separable: readonly Tile[];
  /** Pool and dense; none where two dispatches are always better. */
  readonly classifier: readonly Tile[];
  /**
   * Layers of fewer mult-adds take the last tile, which compiles fastest, and are not measured: compiling is all
   * that counts there.
   */
  readonly worthMultAdds: number;
  /** How many tiles are worth measuring for one layer. */
  readonly measured: number;
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
const quad = (rows: number, columns: number): ScratchTile => ({ kind: "quad", rows, columns });

/** Workgroups of blocks that suit planes from 112² to 7² at α = 1, and their neighbours. */
const LARGE_TO_SMALL: readonly SharedTile[] = [
  shared(64, 64, 4, 1, 1),
  shared(64, 32, 4, 1, 1),
  shared(64, 16, 4, 1, 1),
  shared(32, 64, 4, 1, 2),
  shared(14, 64, 7, 1, 4),
  shared(14, 32, 7, 1, 8),
  shared(7, 32, 7, 1, 16),
];

/**
 * For GPUs. Large planes have workgroups enough, and large blocks save reads; small planes are deep, so that their
 * depth is split over threads and channels over workgroups.
 */
const HARDWARE: TileSet = {
  single: [...LARGE_TO_SMALL, shared(1, 64, 1, 1, 16)],
  convolution: LARGE_TO_SMALL,
  separable: LARGE_TO_SMALL,
  classifier: [shared(1, 64, 1, 1, 16), shared(1, 32, 1, 1, 32)],
  worthMultAdds: 0,
  measured: 4,
};

/**
 * Without barriers; each kernel takes some tenths of a second to compile. The pool is not worth repeating for each
 * class.
 */
const SOFTWARE: TileSet = {
  single: [direct(7, 2), direct(4, 2), direct(1, 1)],
  convolution: [scratch(7, 2), scratch(4, 2), direct(1, 1)],
  separable: [scratch(7, 2), scratch(4, 2), scratch(1, 1)],
  classifier: [],
  worthMultAdds: 2_000_000,
  measured: 2,
};

/** The same where there are subgroups. */
const QUADS: TileSet = {
  ...SOFTWARE,
  convolution: [quad(7, 2), quad(4, 2), direct(1, 1)],
  separable: [quad(7, 2), quad(4, 2), quad(1, 1)],
};

export const TILE_SETS = { hardware: HARDWARE, software: SOFTWARE, quads: QUADS } as const;

/** Every kernel that a session may use is one of these. */
export const ALL_TILES: readonly Tile[] = Object.values(TILE_SETS).flatMap((set) => [
  ...set.single,
  ...set.convolution,
  ...set.separable,
  ...set.classifier,
]);

/** Blocks of outputs that keep a machine busy: fewer of them leave cores idle. */
const ENOUGH: Readonly<Record<Tile["kind"], number>> = { shared: 128, direct: 64, scratch: 8, quad: 8 };

/**
 * The few tiles of `set` that may suit the layer, the best guess first: sets go from large to small, and the guess
 * is the first tile that fits and leaves enough to do in parallel. Its neighbours follow, the nearest first.
 */
export function candidateTiles(
  layer: Layer,
  set: readonly Tile[],
  { worthMultAdds, measured }: TileSet,
): readonly Tile[] {
  if (layer.multAdds < worthMultAdds) return set.slice(-1);
  const found = set.findIndex((tile) => fits(layer, tile) && blocks(layer, tile) >= ENOUGH[tile.kind]);
  const guess = found < 0 ? set.length - 1 : found;
  const distance = (tile: Tile) => Math.abs(set.indexOf(tile) - guess);
  return set.toSorted((a, b) => distance(a) - distance(b)).slice(0, measured);
}

/** {@link candidateTiles} of a layer alone. */
export function singleTiles(layer: Layer, tiles: TileSet): readonly Tile[] {
  return candidateTiles(layer, layer.type === "convolution" ? tiles.convolution : tiles.single, tiles);
}

/** Vectors of the narrowest tile: there is nothing better for narrower layers. */
const NARROWEST = 4;

/** Whether a block is no larger than all of the output. */
function fits({ output }: Layer, tile: Tile): boolean {
  const [height, width, channels] = output;
  const columns = tile.kind === "shared" ? tile.vectors : tile.columns;
  return tile.rows <= height * width && columns <= Math.max(NARROWEST, vectors(channels));
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
    case "quad":
      return Math.ceil(pixels / tile.rows);
  }
}
