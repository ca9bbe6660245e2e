import { UnsupportedError } from "@mobilenet-bench/backend";
import type { Level } from "@mobilenet-bench/backend-wasm/peak";
import { scalarJavaScript, type Kernel } from "./scalar-javascript.ts";

/** The ways to execute a multiply–add whose peaks are measured. */
export const PEAK_STYLES = {
  "scalar-js": "scalar JavaScript, float64",
  "wasm-baseline": "WebAssembly 128-bit, multiply then add",
  "wasm-relaxed": "WebAssembly 128-bit, relaxed fused multiply–add",
  "wasm-wide": "WebAssembly revectorized to 256-bit fused multiply–add (a flag of V8)",
} as const;
type PeakStyle = keyof typeof PEAK_STYLES;

const LEVELS = {
  "wasm-baseline": "baseline",
  "wasm-relaxed": "relaxed",
  "wasm-wide": "wide",
} as const satisfies Partial<Record<PeakStyle, Level>>;

export type Peak =
  /** 1e9 multiply–adds per second on one thread. */
  | { readonly style: PeakStyle; readonly available: true; readonly gmacs: number }
  | { readonly style: PeakStyle; readonly available: false; readonly reason: string };

const RUN_MS = 15;
const REPETITIONS = 12;

/** This machine's reachable peak for each style on one thread: the best of several short runs, each checked. */
export async function measurePeaks(): Promise<Peak[]> {
  const peaks: Peak[] = [];
  for (const style of Object.keys(PEAK_STYLES) as PeakStyle[]) {
    try {
      peaks.push({ style, available: true, gmacs: bestRate(style, await createKernel(style)) });
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      peaks.push({ style, available: false, reason: error.reason });
    }
  }
  return peaks;
}

/** The available ones by style, as environments record them. */
export function peakRecord(peaks: readonly Peak[]): Record<string, number> {
  return Object.fromEntries(peaks.flatMap((peak) => (peak.available ? [[peak.style, peak.gmacs]] : [])));
}

async function createKernel(style: PeakStyle): Promise<Kernel> {
  if (style === "scalar-js") return scalarJavaScript();
  const { createPeakKernel } = await import("@mobilenet-bench/backend-wasm/peak");
  return createPeakKernel(LEVELS[style]);
}

function bestRate(style: PeakStyle, kernel: Kernel): number {
  let iterations = 10_000;
  let best = 0;
  for (let repetition = 0; repetition < REPETITIONS;) {
    const start = performance.now();
    kernel.run(iterations);
    const ms = performance.now() - start;
    if (!kernel.verify())
      throw new Error(`[harness] the ${style} peak kernel computed wrongly. Please report it.`);
    if (ms < RUN_MS / 2) {
      // Also lets the engine optimise before anything counts.
      iterations = Math.min(iterations * 2, MAX_ITERATIONS);
      if (iterations < MAX_ITERATIONS) continue;
    }
    best = Math.max(best, (iterations * kernel.multAddsPerIteration) / (ms * 1e6));
    repetition++;
  }
  return best;
}

/** The results of float32 kernels are exact up to here. */
const MAX_ITERATIONS = 2 ** 23;
