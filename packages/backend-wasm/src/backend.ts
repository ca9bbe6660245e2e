import {
  resolveOptions,
  THREADS,
  UnsupportedError,
  type Availability,
  type Backend,
  type Options,
} from "@mobilenet-bench/backend";
import { type Model, type Weights } from "@mobilenet-bench/spec";
import { mayWait } from "./platform/may-wait.ts";
import { detectLevel, LEVELS, type Level } from "./simd/level.ts";

const NO_SIMD = {
  reason: "This engine has no WebAssembly SIMD.",
  remedy: "Use a newer engine, or the backend ts.",
};

/** MobileNet V1 in WebAssembly, its kernels generated at load time for the shapes of the model. */
export const wasm: Backend = {
  id: "wasm",
  summary: "WebAssembly SIMD, kernels generated for each layer",
  platforms: ["node", "browser"],
  options: {
    threads: THREADS,
    simd: {
      description:
        "baseline (multiply, add), relaxed (fused), wide (256 bit, by a flag of V8), or the best that needs no flag",
      default: "detected",
      values: ["detected", ...LEVELS],
    },
  },
  async availability(): Promise<Availability> {
    const level = detectLevel();
    return level ? { available: true, detail: `simd=${level}` } : { available: false, ...NO_SIMD };
  },
  async prepare() {
    await import("./load.ts");
  },
  async load(model: Model, weights: Weights, options?: Options) {
    const resolved = resolveOptions(wasm, options);
    const level = levelOf(resolved["simd"]);
    const threads = Number(resolved["threads"]);
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

function levelOf(value: unknown): Level {
  const detected = detectLevel();
  if (!detected) throw new UnsupportedError("backend-wasm", NO_SIMD.reason, NO_SIMD.remedy);
  if (value === "detected") return detected;
  const level = LEVELS.find((level) => level === value) ?? detected;
  if (level !== "baseline" && detected === "baseline")
    throw new UnsupportedError(
      "backend-wasm",
      `simd=${level} needs relaxed SIMD, which this engine has not.`,
      "Use simd=baseline.",
    );
  return level;
}
