import { UnsupportedError, type Availability } from "@mobilenet-bench/backend";
import type { ENGINE as engine, loadBinding as load } from "./load-binding.ts";

// In place of `index.ts` where there is no Node, so that bundlers for pages find nothing of it.

const reason = "TensorFlow's native library runs in Node alone.";
const remedy = "Use tfjs-wasm here.";

export const ENGINE: typeof engine = "tensorflow";

export async function availability(): Promise<Availability> {
  return { available: false, reason, remedy };
}

export const loadBinding: typeof load = () =>
  Promise.reject(new UnsupportedError("backend-tfjs-node", reason, remedy));
