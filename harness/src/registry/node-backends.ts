import type { BackendRow } from "./backend-row.ts";
import { ORT_NODE_LIBRARY, TFJS_LIBRARY } from "./libraries.ts";

/** The backends that Node alone can load, in the order of listings. */
export const NODE_BACKENDS = {
  "tfjs-node": {
    import: async () => (await import("@mobilenet-bench/backend-tfjs")).tfjsNode,
    family: "tfjs",
    gpu: false,
    inWasm: false,
    library: TFJS_LIBRARY,
    pack: {
      reason: "The native library of tfjs-node is made on each machine by itself.",
      remedy: "Use tfjs-wasm, or set up a clone on the machine that measures.",
    },
  },
  "ort-node": {
    import: async () => (await import("@mobilenet-bench/backend-ort")).ortNode,
    family: "ort",
    gpu: false,
    inWasm: false,
    library: ORT_NODE_LIBRARY,
    pack: { package: "@mobilenet-bench/backend-ort", libraries: ["onnxruntime-node"] },
  },
} as const satisfies Readonly<Record<string, BackendRow>>;
