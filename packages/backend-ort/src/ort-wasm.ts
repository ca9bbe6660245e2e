import { resolveOptions, THREADS, type Backend } from "@mobilenet-bench/backend";
import { BUNDLE } from "#web-host";
import { loadProven } from "./load-proven.ts";
import { loadThreaded, loadWebLibrary } from "./web/library.ts";
import { SESSION_OPTIONS, webRuntime } from "./web/web-runtime.ts";

/** ONNX Runtime as WebAssembly, in Node and in pages. */
export const ortWasm: Backend = {
  id: "ort-wasm",
  summary: "ONNX Runtime, WebAssembly (onnxruntime-web)",
  platforms: ["node", "browser"],
  options: { threads: THREADS },

  availability: () => Promise.resolve({ available: true }),

  async prepare() {
    await loadWebLibrary();
  },

  async load(model, weights, options) {
    const threads = Number(resolveOptions(ortWasm, options).threads);
    const library = await loadThreaded(ortWasm.id, threads);
    const asked = { backend: ortWasm.id, threads, provider: "CPUExecutionProvider" };
    return loadProven(webRuntime(library, "wasm"), model, weights, asked, {
      library: `onnxruntime-web ${library.env.versions.web}`,
      bundle: BUNDLE,
      wasm: "ort-wasm-simd-threaded.wasm",
      simd: "128-bit, not relaxed",
      // The pool is the library's own and takes no setting.
      spinning: "on",
      sessionOptions: SESSION_OPTIONS,
    });
  },
};
