import {
  describeDevice,
  layersFor,
  pageAdapterAvailability,
  resolveOptions,
  UnsupportedError,
  watchDevice,
  webAssemblyAvailability,
  type TypedBackend,
  type OptionsOf,
  type OptionSpecs,
} from "@mobilenet-bench/backend";
import type { InferenceSession } from "onnxruntime-common";
import { makePrintedCapturable } from "#web-host";
import { COMPUTES } from "./computes.ts";
import { loadProven } from "./load-proven.ts";
import { captureGraph } from "./web/capture-graph.ts";
import { deviceOf } from "./web/gpu-device.ts";
import type { WebLibrary } from "./web/library.ts";
import { SESSION_OPTIONS, webRuntime } from "./web/web-runtime.ts";

const OPTIONS = {
  capture: {
    description: "record the commands of an inference and replay them (the library's graph capture)",
    default: "on",
    values: ["on", "off"],
  },
  layout: {
    description: "of activations, as the provider is asked to prefer",
    default: "nhwc",
    values: ["nhwc", "nchw"],
  },
} as const satisfies OptionSpecs;
export type OrtWebgpuOptions = OptionsOf<typeof OPTIONS>;

/** ONNX Runtime's own WebGPU kernels, compiled to WebAssembly, in pages. */
export const ortWebgpu: TypedBackend<typeof OPTIONS> = {
  id: "ort-webgpu",
  summary: "ONNX Runtime, WebGPU (onnxruntime-web)",
  platforms: ["browser"],
  options: OPTIONS,

  async availability() {
    const compiles = webAssemblyAvailability();
    return compiles.available ? pageAdapterAvailability() : compiles;
  },

  async prepare() {
    await loadLibrary();
  },

  async load(model, weights, options) {
    const { capture, layout } = resolveOptions(ortWebgpu, options);
    layersFor(ortWebgpu.id, model, COMPUTES);
    const availability = await ortWebgpu.availability();
    if (!availability.available)
      throw new UnsupportedError(`backend-${ortWebgpu.id}`, availability.reason, availability.remedy);
    const library = await loadLibrary();
    const preferredLayout = layout === "nchw" ? "NCHW" : "NHWC";
    const sessionOptions = {
      ...GPU_SESSION_OPTIONS,
      executionProviders: [{ name: "webgpu", preferredLayout }],
    };
    const asked = {
      backend: ortWebgpu.id,
      threads: 1,
      provider: "WebGpuExecutionProvider",
      onDevice: true,
      remedy: "Use ort-wasm.",
    };
    const session = await loadProven(
      webRuntime(library, sessionOptions),
      model,
      weights,
      asked,
      async () => ({
        library: `onnxruntime-web ${library.env.versions.web}`,
        bundle: "ort.webgpu.bundle.min.mjs",
        wasm: "ort-wasm-simd-threaded.asyncify.wasm",
        adapter: describeDevice(await deviceOf(library)),
        capture,
        sessionOptions,
      }),
    );
    try {
      const device = await deviceOf(library);
      if (capture !== "on") return watchDevice(ortWebgpu.id, device, session);
      const parts = { backend: ortWebgpu.id, library, device, model, weights, options: sessionOptions };
      return watchDevice(ortWebgpu.id, device, await captureGraph(parts, session));
    } catch (error) {
      await session.dispose();
      throw error;
    }
  },
};

const GPU_SESSION_OPTIONS = {
  ...SESSION_OPTIONS,
  // The library would switch it off anyway.
  enableMemPattern: false,
  // A node that the provider does not take makes the session fail, instead of running on the processor.
  extra: { session: { disable_cpu_ep_fallback: "1" } },
} as const satisfies InferenceSession.SessionOptions;

let loading: Promise<WebLibrary> | undefined;

/** Another bundle than that of ort-wasm, with an environment of its own. */
function loadLibrary(): Promise<WebLibrary> {
  loading ??= importLibrary();
  return loading;
}

async function importLibrary(): Promise<WebLibrary> {
  makePrintedCapturable();
  const library = await import("onnxruntime-web/webgpu");
  // The processor only prepares what the GPU computes: its threads would idle.
  Object.assign(library.env.wasm, { numThreads: 1, proxy: false });
  // Its errors come as exceptions too.
  library.env.logLevel = "fatal";
  return library;
}
