import { resolveOptions, THREADS, UnsupportedError, type Backend } from "@mobilenet-bench/backend";
import { TfjsSession } from "./session.ts";
import { importTensorFlow, onBackend, type TensorFlow } from "./tensorflow.ts";
import { withoutNewCrashHandlers } from "./crash-handlers.ts";
import { wasmFiles, type WasmFile } from "./wasm-files.ts";

/** TensorFlow.js on XNNPACK, compiled to WebAssembly. */
export const tfjsWasm: Backend = {
  id: "tfjs-wasm",
  summary: "TensorFlow.js, WebAssembly (XNNPACK)",
  platforms: ["node", "browser"],
  options: { threads: THREADS },
  availability: () => Promise.resolve({ available: true }),
  prepare: async () => void (await importLibrary()),
  load: async (model, weights, options) => {
    const threads = Number(resolveOptions(tfjsWasm, options)["threads"]);
    const { tf, wasm } = await importLibrary();
    const simd = await flag(tf, "WASM_HAS_SIMD_SUPPORT");
    const multithread = await flag(tf, "WASM_HAS_MULTITHREAD_SUPPORT");
    if (threads > 1) requireThreads(tf, multithread && simd);
    wasm.setThreadsCount(threads);
    await withoutNewCrashHandlers(() => onBackend(tf, "wasm", () => {}));
    const started = wasm.getThreadsCount();
    if (started !== threads)
      throw unsupported(
        `TensorFlow.js runs ${started} WebAssembly thread(s) in this process, not ${threads}: the first session fixes their number.`,
        "Use a fresh process or page for each number of threads.",
      );
    const binary: WasmFile =
      multithread && simd
        ? "tfjs-backend-wasm-threaded-simd.wasm"
        : simd
          ? "tfjs-backend-wasm-simd.wasm"
          : "tfjs-backend-wasm.wasm";
    const actual = {
      threads: started,
      precision: "fp32",
      library: `@tensorflow/tfjs-backend-wasm ${wasm.version_wasm}`,
      core: `@tensorflow/tfjs-core ${tf.version_core}`,
      engine: "wasm",
      production: tf.env().getBool("PROD"),
      simd,
      multithread,
      binary,
    } as const;
    return TfjsSession.load({ id: tfjsWasm.id, tf, backend: "wasm", actual }, model, weights);
  },
};

/** Flags whose evaluation is asynchronous; they are what the library picks its binary by. */
async function flag(tf: TensorFlow, name: string): Promise<boolean> {
  return (await tf.env().getAsync(name)) === true;
}

function requireThreads(tf: TensorFlow, threaded: boolean) {
  if (tf.env().getBool("IS_NODE"))
    throw unsupported(
      "TensorFlow.js starts no WebAssembly threads in Node: its threaded build opens its workers from blob URLs, which Node does not take.",
      "Use threads=1, or a browser.",
    );
  if (!threaded)
    throw unsupported(
      "This page has no shared memory or no SIMD, so TensorFlow.js takes its build without threads.",
      "Use threads=1, or serve the page cross-origin isolated.",
    );
}

function unsupported(reason: string, remedy: string) {
  return new UnsupportedError(`backend ${tfjsWasm.id}`, reason, remedy);
}

async function importLibrary() {
  const tf = await importTensorFlow();
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  // In Node the library finds its files beside itself.
  if (!tf.env().getBool("IS_NODE")) wasm.setWasmPaths(wasmFiles());
  return { tf, wasm };
}
