import type { Peaks } from "../of-peak.ts";
import type { OkCell } from "../schema.ts";
import { layerRows, peakOfCell, type LayerRow } from "./layer-rows.ts";

/** A layer in the roofline: what it does with each byte, and how fast it does it. */
export interface RooflinePoint extends LayerRow {
  readonly bytes: number;
  /** Mult-adds per byte of input, weights and output, each moved once: the most that a cache could make of it. */
  readonly intensity: number;
  /** The lowest roof above it; absent where no roof of the memory is known. */
  readonly roof?: Roof;
}

/** What bounds a layer. */
interface Roof {
  readonly of: "peak" | MemoryRoof["of"];
  /** How much of it the layer reaches; above 1 where its bytes came from nearer by. */
  readonly share: number;
}

/** A sloping roof: what can be done with bytes as fast as they can be read. */
export interface MemoryRoof {
  readonly of: "cache" | "memory";
  /** By all threads of the cell. */
  readonly gigabytesPerSecond: number;
  /** Mult-adds per byte from which on the peak is the lower roof. */
  readonly ridge: number;
}

/** What the roofline of a cell is drawn from. */
export interface Roofline {
  readonly points: readonly RooflinePoint[];
  /** The flat roof: absent where no peak is known, or it says nothing of the cell. */
  readonly peak?: { readonly gmacs: number; readonly style: string; readonly threads: number };
  /** The lowest first; absent where run files do not tell them, or there is no peak. */
  readonly memoryRoofs?: readonly MemoryRoof[];
  /** Layers that have no place in it: without mult-adds, without time, or unknown to the network. */
  readonly notPlaced: readonly string[];
}

/**
 * Samuel Williams et al., Roofline: an insightful visual performance model for multicore architectures, CACM 52 (2009), with
 * mult-adds in place of floating-point operations, and with a roof for a second-level cache beside that of the memory.
 */
export function rooflineOf(cell: OkCell, peaks: Peaks): Roofline {
  const rows = layerRows(cell, peaks);
  const peak = peakOfCell(cell, peaks);
  const memoryRoofs = peak ? memoryRoofsOf(peaks, peak) : [];
  const points = rows.flatMap((row) => pointOf(row, memoryRoofs[0], peak?.gmacs) ?? []);
  const placed = new Set(points.map(({ name }) => name));
  return {
    points,
    ...(peak && { peak }),
    ...(memoryRoofs.length > 0 && { memoryRoofs }),
    notPlaced: rows.flatMap(({ name }) => (placed.has(name) ? [] : name)),
  };
}

/**
 * Second-level caches belong to cores, so several threads read as many times as fast. The memory they share: of several
 * threads its roof is not known, since one alone reads it where it is measured.
 */
function memoryRoofsOf(
  { memoryReads }: Peaks,
  { gmacs, threads }: NonNullable<Roofline["peak"]>,
): MemoryRoof[] {
  if (memoryReads === undefined) return [];
  const roofOf = (of: MemoryRoof["of"], gigabytesPerSecond: number): MemoryRoof => ({
    of,
    gigabytesPerSecond,
    ridge: gmacs / gigabytesPerSecond,
  });
  const { cache, memory } = memoryReads;
  const roofs = [
    ...(memory && threads === 1 ? [roofOf("memory", memory.gigabytesPerSecond)] : []),
    ...(cache ? [roofOf("cache", cache.gigabytesPerSecond * threads)] : []),
  ];
  return roofs.toSorted((a, b) => a.gigabytesPerSecond - b.gigabytesPerSecond);
}

function pointOf(
  row: LayerRow,
  lowest: MemoryRoof | undefined,
  peak: number | undefined,
): RooflinePoint | undefined {
  const { bytes, multAdds, gmacs } = row;
  if (bytes === undefined || multAdds === 0 || gmacs === 0) return undefined;
  const intensity = multAdds / bytes;
  const point = { ...row, bytes, intensity };
  if (lowest === undefined || peak === undefined) return point;
  const isMemory = intensity < lowest.ridge;
  const limit = isMemory ? intensity * lowest.gigabytesPerSecond : peak;
  return { ...point, roof: { of: isMemory ? lowest.of : "peak", share: gmacs / limit } };
}
