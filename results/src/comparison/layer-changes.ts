import { median } from "simple-statistics";
import { z } from "zod";
import { hodgesLehmann, type Interval } from "../statistics/index.ts";
import { commonLayers, layersOf, type CommonLayers } from "./common-layers.ts";
import type { LayerPair } from "./layer-pair.ts";

const ratio = z.number().nonnegative();

/** How a layer's time differs between the sides. */
export const layerChangeSchema = z.object({
  name: z.string().describe("a layer, or layers that one of the sides runs as one"),
  baseMs: z.number().nonnegative(),
  candidateMs: z.number().nonnegative(),
  ratio: ratio.describe("candidate / base: Hodges–Lehmann over the pairs"),
  interval: z
    .tuple([ratio, ratio])
    .exactOptional()
    .describe("of the ratio, exact, for all layers together; absent where the pairs are too few"),
  change: z
    .enum(["slower", "faster", "none"])
    .describe("what the interval tells; none where it has 1 in it, or lies within the margin"),
  kernel: z
    .object({ base: z.string().nullable(), candidate: z.string().nullable() })
    .exactOptional()
    .describe("what computes it, where the backend tells"),
});
/** See {@link layerChangeSchema}. */
export type LayerChange = z.infer<typeof layerChangeSchema>;

/** Which kernel computes a layer, by the layer's name, as a backend tells in `actual.kernels`. */
export type Kernels = Readonly<Record<string, string>>;

/**
 * Layer by layer what pairs of runners took. The layers share `alpha` (Bonferroni), so that with this probability at most
 * any is named that did not change.
 * @param margin below which a difference, as ln ratio, is none
 * @returns none where the sides have no layers in common
 */
export function layerChanges(
  pairs: readonly LayerPair[],
  { alpha, margin }: { readonly alpha: number; readonly margin: number },
  kernels: { readonly base: Kernels; readonly candidate: Kernels },
): LayerChange[] {
  const lists = pairs.flatMap(({ base, candidate }) => [base, candidate]);
  const common = commonLayers(lists.map((times) => times.map(([name]) => name)));
  return common.map((layers) => changeOf(layers, pairs, { alpha: alpha / common.length, margin }, kernels));
}

function changeOf(
  { name, layers }: CommonLayers,
  pairs: readonly LayerPair[],
  { alpha, margin }: { readonly alpha: number; readonly margin: number },
  kernels: { readonly base: Kernels; readonly candidate: Kernels },
): LayerChange {
  const within = new Set(layers);
  const times = pairs.map(({ base, candidate }) => ({
    base: timesOf(within, base),
    candidate: timesOf(within, candidate),
  }));
  const differences = times.map(({ base, candidate }) =>
    median(base.map((ms, round) => Math.log((candidate[round] ?? 0) / ms))),
  );
  // A clock that is too coarse for a layer tells 0 for it, of which there is no ratio.
  const told = differences.filter(Number.isFinite);
  const { estimate, interval } = told.length === 0 ? { estimate: 0 } : hodgesLehmann(told, alpha);
  const [before, after] = [kernelOf(within, kernels.base), kernelOf(within, kernels.candidate)];
  return {
    name,
    baseMs: median(times.map(({ base }) => median(base))),
    candidateMs: median(times.map(({ candidate }) => median(candidate))),
    ratio: Math.exp(estimate),
    ...(interval && { interval: [Math.exp(interval[0]), Math.exp(interval[1])] }),
    change: interval ? changeIn(interval, margin) : "none",
    ...((before !== null || after !== null) && { kernel: { base: before, candidate: after } }),
  };
}

function changeIn([low, high]: Interval, margin: number): LayerChange["change"] {
  if (-margin < low && high < margin) return "none";
  return low > 0 ? "slower" : high < 0 ? "faster" : "none";
}

/** The sum over the layers, by round. */
function timesOf(layers: ReadonlySet<string>, told: LayerPair["base"]): number[] {
  const parts = told.filter(([name]) => isWithin(name, layers)).map(([, ms]) => ms);
  const [first = []] = parts;
  return first.map((_, round) => parts.reduce((sum, ms) => sum + (ms[round] ?? 0), 0));
}

function kernelOf(layers: ReadonlySet<string>, kernels: Kernels): string | null {
  const known = Object.entries(kernels).flatMap(([name, kernel]) => (isWithin(name, layers) ? [kernel] : []));
  return known.length === 0 ? null : [...new Set(known)].join("+");
}

function isWithin(name: string, layers: ReadonlySet<string>): boolean {
  return layersOf(name).every((layer) => layers.has(layer));
}
