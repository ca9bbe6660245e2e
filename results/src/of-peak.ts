import type { Environment } from "./environment.ts";
import type { Cell, OkCell } from "./schema.ts";

/** What a run knows of the limits of its machine. */
export type Peaks = Pick<Environment, "cpu" | "peak" | "peakCheck" | "memoryReads">;

/** What a fraction of the peak is of. */
export interface Denominator {
  readonly style: string;
  /** 1e9 multiply–adds per second on one thread. */
  readonly gmacs: number;
}

/** A cell's rate, set against what is possible. */
export interface OfPeak {
  /** Above 1 it is a fault: nothing can be faster than the fastest code. */
  readonly fraction: number;
  /** Whose peak is the 100 %. */
  readonly style: string;
  /** How many times that of one thread it was taken. */
  readonly threads: number;
}

/**
 * The style whose peak is the 100 % of a run's cells. Files from before peaks were taken twice name none: theirs is the
 * best that they recorded.
 * @returns undefined where no peak was measured, or those before and after the cells disagree
 */
export function denominatorOf({ peak = {}, peakCheck }: Peaks): Denominator | undefined {
  const named = peakCheck?.denominator ?? { style: fastest(peak) };
  if ("refused" in named) return undefined;
  const { style } = named;
  const gmacs = style === undefined ? undefined : peak[style];
  return style !== undefined && gmacs !== undefined && gmacs > 0 ? { style, gmacs } : undefined;
}

/** The style of the highest rate. */
export function fastest(rates: Readonly<Record<string, number>>): string | undefined {
  return Object.entries(rates).toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

/**
 * A cell's rate as a share of what the machine's cores can reach: multiply–adds that were executed, per second, over the
 * peak of one thread times the threads that ran, never more than there are cores for them. (Two threads on one physical core
 * reach less than twice its peak, so the share of such a cell is understated, never overstated.)
 * @returns undefined where that says nothing: on a GPU, real or software, or in other arithmetic than the peaks'
 */
export function ofPeak(cell: OkCell, peaks: Peaks): OfPeak | undefined {
  const denominator = denominatorOf(peaks);
  if (!denominator || !computedByProcessor(cell)) return undefined;
  const { style, gmacs } = denominator;
  const ran = numberOf(cell.actual["threads"]) ?? 1;
  const threads = Math.max(1, Math.min(ran, coresOf(peaks)));
  const executed = (numberOf(cell.actual["executedMultAdds"]) ?? cell.multAdds) / cell.multAdds;
  return { fraction: (cell.gmacs * executed) / (gmacs * threads), style, threads };
}

/** The cells whose fraction cannot be true. */
export function abovePeak(cells: readonly Cell[], peaks: Peaks): (OfPeak & { readonly id: string })[] {
  return cells.flatMap((cell) => {
    const share = cell.status === "ok" ? ofPeak(cell, peaks) : undefined;
    return share !== undefined && share.fraction > 1 ? [{ id: cell.id, ...share }] : [];
  });
}

/** In float32 or better; a GPU is told by its adapter or by a provider that is not the processor's. */
function computedByProcessor({ actual }: OkCell): boolean {
  const { adapter = null, providers = {}, precision = "fp32" } = actual;
  const onDevice = Object.keys(Object(providers)).some((provider) => provider !== "CPUExecutionProvider");
  return adapter === null && !onDevice && (precision === "fp32" || precision === "fp64");
}

/** That the process may use; where an older file does not tell, those of the machine. */
export function coresOf({ cpu }: Pick<Environment, "cpu">): number {
  return cpu.availableCores ?? cpu.cores;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && value > 0 ? value : undefined;
}
