import type { BackendId } from "../backends.ts";

/** What a backend adds to a pack. */
export interface Contents {
  readonly package: string;
  /** Of that package's dependencies, those that no other of its backends needs. */
  readonly libraries?: readonly string[];
  /** Large files beside the page that this backend alone fetches. */
  readonly pageFiles?: RegExp;
}

/** Why a backend cannot be packed, and what to do. */
export interface Refusal {
  readonly reason: string;
  readonly remedy: string;
}

const TFJS = "@mobilenet-bench/backend-tfjs";
const ORT = "@mobilenet-bench/backend-ort";

export const CONTENTS: Readonly<Record<BackendId, Contents | Refusal>> = {
  reference: { package: "@mobilenet-bench/backend" },
  ts: { package: "@mobilenet-bench/backend-ts" },
  wasm: { package: "@mobilenet-bench/backend-wasm" },
  webgpu: { package: "@mobilenet-bench/backend-webgpu" },
  "tfjs-cpu": { package: TFJS, libraries: ["@tensorflow/tfjs-backend-cpu"] },
  "tfjs-wasm": {
    package: TFJS,
    libraries: ["@tensorflow/tfjs-backend-wasm"],
    pageFiles: /^tfjs-backend-wasm.*\.wasm$/,
  },
  "tfjs-webgpu": { package: TFJS },
  "tfjs-node": {
    reason: "The native library of tfjs-node is made on each machine by itself.",
    remedy: "Use tfjs-wasm, or set up a clone on the machine that measures.",
  },
  "ort-node": { package: ORT, libraries: ["onnxruntime-node"] },
  "ort-wasm": {
    package: ORT,
    libraries: ["onnxruntime-web"],
    pageFiles: /^ort-wasm-simd-threaded-[^.]*\.wasm$/,
  },
  "ort-webgpu": { package: ORT, pageFiles: /^ort-wasm-simd-threaded\.asyncify.*\.wasm$/ },
};

/** Why no pack can have this backend; undefined where one can. */
export function refusalOf(id: string): Refusal | undefined {
  const contents = Object.entries(CONTENTS).find(([name]) => name === id)?.[1];
  return contents && "reason" in contents ? contents : undefined;
}

/** Without asking: the reference proves every figure, and the peaks of every run are measured in WebAssembly at least. */
export const ALWAYS: readonly BackendId[] = ["reference", "wasm"];

/** What a machine with a GPU and no network is wanted for. */
export const USUAL: readonly BackendId[] = ["ts", "wasm", "webgpu"];
