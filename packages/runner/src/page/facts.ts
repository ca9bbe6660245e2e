import { type PageFacts } from "../page-messages.ts";

const TICKS = 50;

/** @param webGpu whether to ask for an adapter, which starts what WebGPU needs */
export async function gatherFacts(webGpu: boolean): Promise<PageFacts> {
  return {
    userAgent: navigator.userAgent,
    crossOriginIsolated,
    hardwareConcurrency: navigator.hardwareConcurrency,
    timerResolutionUs: measureTimerResolution(),
    adapter: webGpu ? await describeAdapter() : null,
  };
}

/** The smallest step in which `performance.now()` goes on, in microseconds. */
function measureTimerResolution(): number {
  let smallestMs = Infinity;
  let last = performance.now();
  for (let ticks = 0; ticks < TICKS;) {
    const now = performance.now();
    if (now === last) continue;
    smallestMs = Math.min(smallestMs, now - last);
    last = now;
    ticks++;
  }
  // Steps are differences of large numbers: what is beyond a tenth of a microsecond is their rounding.
  return Math.round(smallestMs * 1e4) / 10;
}

async function describeAdapter(): Promise<PageFacts["adapter"]> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) return { available: false };
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  return { available: true, vendor, architecture, device, description, fallback: isFallbackAdapter };
}
