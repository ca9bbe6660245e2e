import type { Backend } from "@mobilenet-bench/backend";
import { nameLeftOut } from "./pack/left-out.ts";
import { PAGE_BACKENDS } from "./page-backends.ts";

const ALL = {
  ...PAGE_BACKENDS,
  "tfjs-node": async () => (await import("@mobilenet-bench/backend-tfjs")).tfjsNode,
  "ort-node": async () => (await import("@mobilenet-bench/backend-ort")).ortNode,
} satisfies Record<string, () => Promise<Backend>>;

export type BackendId = keyof typeof ALL;

/** Every backend, imported only when asked for. The order is that of listings. */
export const BACKENDS = nameLeftOut<BackendId>(ALL);

export const BACKEND_IDS = Object.keys(BACKENDS) as readonly string[];

export function isBackendId(id: string): id is BackendId {
  return Object.hasOwn(BACKENDS, id);
}
