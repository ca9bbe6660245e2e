import type { OpenAdapter } from "./platform.ts";

export const openAdapter: OpenAdapter = async () => {
  const gpu = typeof navigator === "undefined" ? undefined : navigator.gpu;
  if (!gpu)
    return {
      reason: "This page has no WebGPU.",
      remedy:
        "Use a browser that has it, over HTTPS or on localhost; Chrome without a GPU needs --enable-unsafe-webgpu.",
    };
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    if (adapter) return { adapter, implementation: "browser" };
  } catch (error) {
    return { reason: `The browser refuses WebGPU (${String(error)}).`, remedy: REMEDY };
  }
  return { reason: "The browser finds no adapter for WebGPU.", remedy: REMEDY };
};

const REMEDY =
  "Start Chrome with --enable-unsafe-webgpu --use-webgpu-adapter=swiftshader, or use a machine with a GPU.";
