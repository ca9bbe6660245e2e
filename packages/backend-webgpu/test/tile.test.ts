import { expect, it } from "vitest";
import { ALL_TILES } from "../src/kernels/table.ts";
import { MAX_THREADS, SHARED_VECTORS, threadsOf, tileName } from "../src/kernels/tile.ts";

it.each([...new Map(ALL_TILES.map((tile) => [tileName(tile), tile]))])(
  "%s fits WebGPU's guarantees",
  (_, tile) => {
    expect(tile.rows * tile.columns).toBeLessThanOrEqual(64);
    if (tile.kind !== "shared") return;
    const threads = threadsOf(tile);
    expect(tile.pixels % tile.rows).toBe(0);
    expect(tile.vectors % tile.columns).toBe(0);
    expect(Number.isInteger(threads)).toBe(true);
    expect(threads).toBeLessThanOrEqual(MAX_THREADS);
    expect(tile.pixels).toBeLessThanOrEqual(SHARED_VECTORS);
    if (tile.split > 1) expect(threads * tile.rows * tile.columns).toBeLessThanOrEqual(SHARED_VECTORS);
  },
);
