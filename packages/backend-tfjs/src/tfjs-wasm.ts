import { resolveOptions, THREADS, type Backend } from "@mobilenet-bench/backend";
import type * as library from "@tensorflow/tfjs-backend-wasm";
import { withoutNewCrashHandlers } from "./crash-handlers.ts";
import { TfjsSession } from "./session.ts";
import { importTensorFlow, onBackend, type TensorFlow } from "./tensorflow.ts";
import { wasmFiles, type WasmFile } from "./wasm-files.ts";
import { requireStarted, requireThreadedBuild } from "./wasm-threads.ts";

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
    const threaded = simd && multithread;
    requireThreadedBuild(threads, { isNode: tf.env().getBool("IS_NODE"), threaded });
    const running = runningThreads(wasm);
    wasm.setThreadsCount(threads);
    await withoutNewCrashHandlers(() => onBackend(tf, "wasm", () => {}));
    const started = wasm.getThreadsCount();
    requireStarted(threads, started, { running, cores: navigator.hardwareConcurrency });
    const actual = {
      threads: started,
      precision: "fp32",
      library: `@tensorflow/tfjs-backend-wasm ${wasm.version_wasm}`,
      core: `@tensorflow/tfjs-core ${tf.version_core}`,
      engine: "wasm",
      production: tf.env().getBool("PROD"),
      simd,
      multithread,
      binary: binaryName(simd, threaded),
    } as const;
    return TfjsSession.load({ id: tfjsWasm.id, tf, backend: "wasm", actual }, model, weights);
  },
};

/** Flags whose evaluation is asynchronous; they are what the library picks its binary by. */
async function flag(tf: TensorFlow, name: string): Promise<boolean> {
  return (await tf.env().getAsync(name)) === true;
}

/** Nothing where the library is not started: it throws then. */
function runningThreads(wasm: typeof library): number | undefined {
  try {
    return wasm.getThreadsCount();
  } catch {
    return undefined;
  }
}

function binaryName(simd: boolean, threaded: boolean): WasmFile {
  if (threaded) return "tfjs-backend-wasm-threaded-simd.wasm";
  return simd ? "tfjs-backend-wasm-simd.wasm" : "tfjs-backend-wasm.wasm";
}

async function importLibrary() {
  const tf = await importTensorFlow();
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  // In Node the library finds its files beside itself.
  if (!tf.env().getBool("IS_NODE")) wasm.setWasmPaths(wasmFiles());
  return { tf, wasm };
}
