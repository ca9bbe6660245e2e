import { UnsupportedError, type PeakKernel } from "@mobilenet-bench/backend";
import type { Level } from "@mobilenet-bench/backend-wasm/peak";
import { importBackend, type BackendId } from "../registry/backends.ts";
import { scalarJavaScript } from "./scalar-javascript.ts";

interface Style {
  readonly summary: string;
  /** The kernels of which the best counts. */
  readonly kernels: () => Promise<readonly PeakKernel[]>;
}

/** The ways to execute a multiply–add whose peaks are measured; `native-` begins the names of native engines. */
export const PEAK_STYLES = {
  "scalar-js": {
    summary: "scalar JavaScript, float64",
    kernels: () => Promise.resolve(scalarJavaScript()),
  },
  "wasm-baseline": {
    summary: "WebAssembly 128-bit, multiply then add",
    kernels: () => webAssembly("baseline"),
  },
  "wasm-relaxed": {
    summary: "WebAssembly 128-bit, relaxed fused multiply–add",
    kernels: () => webAssembly("relaxed"),
  },
  "wasm-wide": {
    summary: "WebAssembly revectorized to 256-bit fused multiply–add (a flag of V8)",
    kernels: () => webAssembly("wide"),
  },
  "native-onnxruntime": {
    summary: "ONNX Runtime, matrix products and pointwise convolutions in the widest vectors here",
    async kernels() {
      await requireBackend("ort-node");
      return (await import("@mobilenet-bench/backend-ort/peak")).createPeakKernels();
    },
  },
  "native-tensorflow": {
    summary: "TensorFlow, matrix products in the widest vectors here",
    async kernels() {
      await requireBackend("tfjs-node");
      return (await import("@mobilenet-bench/backend-tfjs/peak")).createPeakKernels();
    },
  },
} as const satisfies Readonly<Record<string, Style>>;
/** The name of a style, as tables, run files and `mnb peak` have it. */
export type PeakStyle = keyof typeof PEAK_STYLES;

/** Whether this program measures a style of that name: run files may name styles of other versions. */
export function isPeakStyle(name: string | undefined): name is PeakStyle {
  return name !== undefined && Object.hasOwn(PEAK_STYLES, name);
}

async function webAssembly(level: Level): Promise<readonly PeakKernel[]> {
  const { createPeakKernel } = await import("@mobilenet-bench/backend-wasm/peak");
  return [await createPeakKernel(level)];
}

/** Packs leave backends out, with their packages, and platforms have no library. */
async function requireBackend(id: BackendId): Promise<void> {
  const availability = await (await importBackend(id)).availability();
  if (!availability.available)
    throw new UnsupportedError(`backend-${id}`, availability.reason, availability.remedy);
}
