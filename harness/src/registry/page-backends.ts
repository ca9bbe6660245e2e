import { reference } from "@mobilenet-bench/backend";
import type { BackendRow } from "./backend-row.ts";
import { ORT_WEB_LIBRARY, TFJS_LIBRARY } from "./libraries.ts";

const TFJS = "@mobilenet-bench/backend-tfjs";
const ORT = "@mobilenet-bench/backend-ort";

/**
 * The backends that pages can load, in the order of listings. A list of its own, so that the bundle for pages holds
 * nothing that only Node can run.
 */
export const PAGE_BACKENDS = {
  reference: {
    import: async () => reference,
    family: "reference",
    gpu: false,
    inWasm: false,
    // It proves every figure.
    pack: { package: "@mobilenet-bench/backend", unasked: "always" },
  },
  ts: {
    import: async () => (await import("@mobilenet-bench/backend-ts")).ts,
    family: "ts",
    gpu: false,
    inWasm: false,
    pack: { package: "@mobilenet-bench/backend-ts", unasked: "usually" },
  },
  wasm: {
    import: async () => (await import("@mobilenet-bench/backend-wasm")).wasm,
    family: "wasm",
    gpu: false,
    inWasm: true,
    // The peaks of every run are measured in WebAssembly at least.
    pack: { package: "@mobilenet-bench/backend-wasm", unasked: "always" },
  },
  webgpu: {
    import: async () => (await import("@mobilenet-bench/backend-webgpu")).webgpu,
    family: "webgpu",
    gpu: true,
    inWasm: false,
    // What a machine with a GPU and no network is wanted for.
    pack: { package: "@mobilenet-bench/backend-webgpu", unasked: "usually" },
  },
  "tfjs-cpu": {
    import: async () => (await import("@mobilenet-bench/backend-tfjs")).tfjsCpu,
    family: "tfjs",
    gpu: false,
    inWasm: false,
    library: TFJS_LIBRARY,
    pack: { package: TFJS, libraries: ["@tensorflow/tfjs-backend-cpu"] },
  },
  "tfjs-wasm": {
    import: async () => (await import("@mobilenet-bench/backend-tfjs")).tfjsWasm,
    family: "tfjs",
    gpu: false,
    inWasm: true,
    library: TFJS_LIBRARY,
    pack: {
      package: TFJS,
      libraries: ["@tensorflow/tfjs-backend-wasm"],
      pageFiles: /^tfjs-backend-wasm.*\.wasm$/,
    },
  },
  "tfjs-webgpu": {
    import: async () => (await import("@mobilenet-bench/backend-tfjs")).tfjsWebgpu,
    family: "tfjs",
    gpu: true,
    inWasm: false,
    library: TFJS_LIBRARY,
    pack: { package: TFJS },
  },
  "ort-wasm": {
    import: async () => (await import("@mobilenet-bench/backend-ort")).ortWasm,
    family: "ort",
    gpu: false,
    inWasm: true,
    library: ORT_WEB_LIBRARY,
    pack: {
      package: ORT,
      libraries: ["onnxruntime-web"],
      pageFiles: /^ort-wasm-simd-threaded-[^.]*\.wasm$/,
    },
  },
  "ort-webgpu": {
    import: async () => (await import("@mobilenet-bench/backend-ort")).ortWebgpu,
    family: "ort",
    gpu: true,
    inWasm: false,
    library: ORT_WEB_LIBRARY,
    pack: { package: ORT, pageFiles: /^ort-wasm-simd-threaded\.asyncify.*\.wasm$/ },
  },
} as const satisfies Readonly<Record<string, BackendRow>>;
