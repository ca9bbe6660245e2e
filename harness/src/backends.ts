import type { Backend } from "@mobilenet-bench/backend";
import { PAGE_BACKENDS } from "./page-backends.ts";

/** Every backend, imported only when asked for. The order is that of listings. */
export const BACKENDS = {
  ...PAGE_BACKENDS,
  "tfjs-node": async () => (await import("@mobilenet-bench/backend-tfjs")).tfjsNode,
  "ort-node": async () => (await import("@mobilenet-bench/backend-ort")).ortNode,
} satisfies Record<string, () => Promise<Backend>>;

export type BackendId = keyof typeof BACKENDS;

export const BACKEND_IDS = Object.keys(BACKENDS) as readonly string[];

export function isBackendId(id: string): id is BackendId {
  return Object.hasOwn(BACKENDS, id);
}
