import { denominatorOf, ofPeak, type Peaks } from "../of-peak.ts";
import type { OkCell } from "../schema.ts";
import { layerBytes } from "./layer-bytes.ts";
import { networkOf } from "./network-of.ts";

/** The time of a layer, or of fused ones, beside what it has to do. */
export interface LayerRow {
  /** A layer, or `FIRST+SECOND`. */
  readonly name: string;
  /** Likewise: `depthwise+pointwise`. */
  readonly type: string;
  /** Of the parts, the one with the most mult-adds: what a chart tells apart. */
  readonly mainType: string;
  readonly ms: number;
  readonly multAdds: number;
  /** Of the time of all layers, which is not the latency: layers are timed one by one. */
  readonly shareOfTime: number;
  /** Of the mult-adds of all layers. */
  readonly shareOfMultAdds: number;
  /** 1e9 mult-adds per second; 0 where there are none to do. */
  readonly gmacs: number;
  /** The share of the machine's peak on as many threads; absent where that says nothing, as on a GPU. */
  readonly ofPeak?: number;
  /** Input, weights and output once each; absent where the network is unknown. */
  readonly bytes?: number;
}

/**
 * The layers of a cell in the order of the network.
 * @returns none where the cell was measured without a profile, or its backend tells no times of layers
 */
export function layerRows(cell: OkCell, peaks: Peaks): LayerRow[] {
  const { layers = [] } = cell;
  const allMs = sum(layers.map(({ ms }) => ms));
  const allMultAdds = sum(layers.map(({ multAdds }) => multAdds));
  const limit = peakOfCell(cell, peaks)?.gmacs;
  const network = networkOf(cell);
  return layers.map(({ name, type, multAdds, ms }) => {
    const gmacs = ms > 0 ? multAdds / ms / 1e6 : 0;
    const bytes = network && layerBytes(network, name, storageOf(cell));
    return {
      name,
      type,
      mainType: mainTypeOf(name, type, network),
      ms,
      multAdds,
      shareOfTime: allMs > 0 ? ms / allMs : 0,
      shareOfMultAdds: allMultAdds > 0 ? multAdds / allMultAdds : 0,
      gmacs,
      ...(limit !== undefined && { ofPeak: gmacs / limit }),
      ...(bytes !== undefined && { bytes }),
    };
  });
}

/** The rate that a cell's threads could reach at most; undefined where that says nothing of it, as on a GPU. */
export function peakOfCell(
  cell: OkCell,
  peaks: Peaks,
): { readonly gmacs: number; readonly style: string; readonly threads: number } | undefined {
  const [share, peak] = [ofPeak(cell, peaks), denominatorOf(peaks)];
  if (!share || !peak) return undefined;
  return { gmacs: peak.gmacs * share.threads, style: peak.style, threads: share.threads };
}

function mainTypeOf(name: string, type: string, network: ReturnType<typeof networkOf>): string {
  const names = name.split("+");
  const parts = network?.layers.filter((layer) => names.includes(layer.name)) ?? [];
  const [main] = parts.toSorted((a, b) => b.multAdds - a.multAdds);
  return main?.type ?? type;
}

/** Of weights and activations, as the session tells it; sessions that do not are in float32. */
function storageOf({ actual }: OkCell): string {
  const { precision = "fp32" } = actual;
  return typeof precision === "string" ? precision : "";
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
