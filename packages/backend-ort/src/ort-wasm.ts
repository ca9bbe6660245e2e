import {
  layersFor,
  requireWebAssembly,
  resolveOptions,
  THREADS,
  unlessWorkersAreBlocked,
  UnsupportedError,
  webAssemblyAvailability,
  type TypedBackend,
  type OptionsOf,
} from "@mobilenet-bench/backend";
import { BUNDLE } from "#web-host";
import { COMPUTES } from "./computes.ts";
import { loadProven } from "./load-proven.ts";
import { exportOnnx } from "@mobilenet-bench/model-files/onnx";
import { OrtSession } from "./ort-session.ts";
import { loadThreaded, loadWebLibrary } from "./web/library.ts";
import { SESSION_OPTIONS, webRuntime } from "./web/web-runtime.ts";

const PROVIDER = "CPUExecutionProvider";

const OPTIONS = { threads: THREADS };
export type OrtWasmOptions = OptionsOf<typeof OPTIONS>;

/** ONNX Runtime as WebAssembly, in Node and in pages. */
export const ortWasm: TypedBackend<typeof OPTIONS> = {
  id: "ort-wasm",
  summary: "ONNX Runtime, WebAssembly (onnxruntime-web)",
  platforms: ["node", "browser"],
  options: OPTIONS,

  availability: () => Promise.resolve(webAssemblyAvailability()),

  async prepare() {
    await loadWebLibrary();
  },

  async load(model, weights, options) {
    const { threads } = resolveOptions(ortWasm, options);
    layersFor(ortWasm.id, model, COMPUTES);
    requireWebAssembly(ortWasm.id);
    const library = await loadThreaded(ortWasm.id, threads);
    const runtime = webRuntime(library, { ...SESSION_OPTIONS, executionProviders: ["wasm"] });
    const details = {
      library: `onnxruntime-web ${library.env.versions.web}`,
      bundle: BUNDLE,
      wasm: "ort-wasm-simd-threaded.wasm",
      simd: "128-bit, not relaxed",
      // The pool is the library's own and takes no setting.
      spinning: "on",
      sessionOptions: SESSION_OPTIONS,
    };
    if (threads === 1) {
      const remedy = "Use another version of onnxruntime-web.";
      const asked = { backend: ortWasm.id, threads, provider: PROVIDER, remedy };
      return loadProven(runtime, model, weights, asked, () => details);
    }
    // After a profiled inference the pool is 7 % slower for good, so what is measured must do without one.
    const main = await unlessWorkersAreBlocked(ortWasm.id, () =>
      runtime.createSession(exportOnnx(model, weights)),
    );
    if (library.env.wasm.numThreads !== threads) {
      await main.release();
      throw new UnsupportedError(
        `backend-${ortWasm.id}`,
        `onnxruntime-web fell back to ${library.env.wasm.numThreads} threads in place of ${threads}.`,
        "Use threads=1.",
      );
    }
    // This build has no other provider, and its first session waited until every thread was up.
    const actual = { ...details, threads, precision: "fp32", provider: PROVIDER } as const;
    return new OrtSession({ backend: ortWasm.id, runtime, model, weights, main, actual });
  },
};
