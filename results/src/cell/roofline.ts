import type { Peaks } from "../of-peak.ts";
import type { OkCell } from "../schema.ts";
import { layerRows, peakOfCell, type LayerRow } from "./layer-rows.ts";

/** A layer in the roofline: what it does with each byte, and how fast it does it. */
export interface RooflinePoint extends LayerRow {
  readonly bytes: number;
  /** Mult-adds per byte of input, weights and output, each moved once: the most that a cache could make of it. */
  readonly intensity: number;
}

/** What the roofline of a cell is drawn from. */
export interface Roofline {
  readonly points: readonly RooflinePoint[];
  /** The flat roof: absent where no peak is known, or it says nothing of the cell. */
  readonly peak?: { readonly gmacs: number; readonly style: string; readonly threads: number };
  /** Layers that have no place in it: without mult-adds, without time, or unknown to the network. */
  readonly notPlaced: readonly string[];
}

/**
 * Samuel Williams et al., Roofline: an insightful visual performance model for multicore architectures, CACM 52 (2009), with
 * mult-adds in place of floating-point operations. The roof of the memory is not in it: run files do not tell its bandwidth.
 */
export function rooflineOf(cell: OkCell, peaks: Peaks): Roofline {
  const rows = layerRows(cell, peaks);
  const points = rows.flatMap((row) => pointOf(row) ?? []);
  const placed = new Set(points.map(({ name }) => name));
  const peak = peakOfCell(cell, peaks);
  return {
    points,
    ...(peak && { peak }),
    notPlaced: rows.flatMap(({ name }) => (placed.has(name) ? [] : name)),
  };
}

function pointOf(row: LayerRow): RooflinePoint | undefined {
  const { bytes, multAdds, gmacs } = row;
  if (bytes === undefined || multAdds === 0 || gmacs === 0) return undefined;
  return { ...row, bytes, intensity: multAdds / bytes };
}
