import type { Availability } from "../contract.ts";
import { adapterLine, describeAdapter, type AdapterInfo } from "./adapter.ts";

/** As much of a page's `navigator.gpu` as is used here. */
interface PageGpu {
  requestAdapter(options: {
    readonly powerPreference: "high-performance";
  }): Promise<{ readonly info: AdapterInfo } | null>;
}

/** Whether this page (or worker) offers WebGPU, and what its adapter is. Never throws. */
export async function pageAdapterAvailability(surroundings: object = globalThis): Promise<Availability> {
  const navigator: unknown = Reflect.get(surroundings, "navigator");
  // Whatever has this name is the browser's.
  const gpu: PageGpu | undefined =
    typeof navigator === "object" && navigator !== null ? Reflect.get(navigator, "gpu") : undefined;
  if (!gpu)
    return {
      available: false,
      reason: "There is no WebGPU here.",
      remedy:
        "Use a page of a browser that has it, over HTTPS or on localhost (Chrome on Linux: --enable-unsafe-webgpu).",
    };
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    if (adapter) return { available: true, detail: adapterLine(describeAdapter(adapter.info)) };
  } catch (error) {
    return { available: false, reason: `The browser refuses WebGPU (${String(error)}).`, remedy: REMEDY };
  }
  return { available: false, reason: "The browser finds no adapter for WebGPU.", remedy: REMEDY };
}

const REMEDY =
  "Use a machine with a GPU, or start Chrome with --enable-unsafe-webgpu --use-webgpu-adapter=swiftshader.";
