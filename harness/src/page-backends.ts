import { reference, type Backend } from "@mobilenet-bench/backend";

/**
 * The backends that pages can load, imported only when asked for. A list of its own, so that the bundle for pages
 * holds nothing that only Node can run.
 */
export const PAGE_BACKENDS = {
  reference: async () => reference,
  ts: async () => (await import("@mobilenet-bench/backend-ts")).ts,
  wasm: async () => (await import("@mobilenet-bench/backend-wasm")).wasm,
  webgpu: async () => (await import("@mobilenet-bench/backend-webgpu")).webgpu,
  "tfjs-cpu": async () => (await import("@mobilenet-bench/backend-tfjs")).tfjsCpu,
  "tfjs-wasm": async () => (await import("@mobilenet-bench/backend-tfjs")).tfjsWasm,
  "tfjs-webgpu": async () => (await import("@mobilenet-bench/backend-tfjs")).tfjsWebgpu,
  "ort-wasm": async () => (await import("@mobilenet-bench/backend-ort")).ortWasm,
  "ort-webgpu": async () => (await import("@mobilenet-bench/backend-ort")).ortWebgpu,
} satisfies Record<string, () => Promise<Backend>>;
