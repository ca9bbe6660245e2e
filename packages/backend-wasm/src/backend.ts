import {
  layersFor,
  requireWebAssembly,
  resolveOptions,
  THREADS,
  UnsupportedError,
  webAssemblyAvailability,
  type Availability,
  type TypedBackend,
  type OptionsOf,
  type OptionSpecs,
} from "@mobilenet-bench/backend";
import { COMPUTES } from "./computes.ts";
import { mayWait } from "./platform/may-wait.ts";
import { detectLevel, LEVELS, type Level } from "./simd/level.ts";

const NO_SIMD = {
  reason: "This engine has no WebAssembly SIMD.",
  remedy: "Use a newer engine, or the backend ts.",
};

const OPTIONS = {
  threads: THREADS,
  simd: {
    description:
      "baseline (multiply, add), relaxed (fused), wide (256 bit, by a flag of V8), or the best that needs no flag",
    default: "detected",
    values: ["detected", ...LEVELS],
  },
} as const satisfies OptionSpecs;
export type WasmOptions = OptionsOf<typeof OPTIONS>;

/** MobileNet V1 in WebAssembly, its kernels generated at load time for the shapes of the model. */
export const wasm: TypedBackend<typeof OPTIONS> = {
  id: "wasm",
  summary: "WebAssembly SIMD, kernels generated for each layer",
  platforms: ["node", "browser"],
  options: OPTIONS,
  async availability(): Promise<Availability> {
    const compiles = webAssemblyAvailability();
    if (!compiles.available) return compiles;
    const level = detectLevel();
    return level ? { available: true, detail: `simd=${level}` } : { available: false, ...NO_SIMD };
  },
  async prepare() {
    await import("./load.ts");
  },
  async load(model, weights, options) {
    const { simd, threads } = resolveOptions(wasm, options);
    layersFor(wasm.id, model, COMPUTES);
    requireWebAssembly(wasm.id);
    const level = levelOf(simd);
    if (threads > 1 && typeof SharedArrayBuffer === "undefined")
      throw new UnsupportedError(
        "backend-wasm",
        `threads=${threads} needs SharedArrayBuffer, which this page has not.`,
        "Serve it cross-origin isolated: Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.",
      );
    const { loadModel } = await import("./load.ts");
    return loadModel(model, weights, { level, threads, mayWait: mayWait() });
  },
};

function levelOf(asked: Level | "detected"): Level {
  const detected = detectLevel();
  if (!detected) throw new UnsupportedError("backend-wasm", NO_SIMD.reason, NO_SIMD.remedy);
  if (asked === "detected") return detected;
  if (asked !== "baseline" && detected === "baseline")
    throw new UnsupportedError(
      "backend-wasm",
      `simd=${asked} needs relaxed SIMD, which this engine has not.`,
      "Use simd=baseline.",
    );
  return asked;
}
