import { reference, type Backend } from "@mobilenet-bench/backend";

/** Every backend, imported only when asked for. The order is that of listings. */
export const BACKENDS = {
  reference: async () => reference,
  ts: async () => (await import("@mobilenet-bench/backend-ts")).ts,
  wasm: async () => (await import("@mobilenet-bench/backend-wasm")).wasm,
  "tfjs-cpu": async () => (await import("@mobilenet-bench/backend-tfjs")).tfjsCpu,
  "tfjs-wasm": async () => (await import("@mobilenet-bench/backend-tfjs")).tfjsWasm,
  "tfjs-node": async () => (await import("@mobilenet-bench/backend-tfjs")).tfjsNode,
  "ort-node": async () => (await import("@mobilenet-bench/backend-ort")).ortNode,
  "ort-wasm": async () => (await import("@mobilenet-bench/backend-ort")).ortWasm,
} satisfies Record<string, () => Promise<Backend>>;

export type BackendId = keyof typeof BACKENDS;

export const BACKEND_IDS = Object.keys(BACKENDS) as readonly string[];

export function isBackendId(id: string): id is BackendId {
  return Object.hasOwn(BACKENDS, id);
}
