import {
  layersFor,
  requireWebAssembly,
  resolveOptions,
  THREADS,
  unlessWorkersAreBlocked,
  webAssemblyAvailability,
  type SessionMemory,
  type TypedBackend,
  type OptionsOf,
} from "@mobilenet-bench/backend";
import type * as library from "@tensorflow/tfjs-backend-wasm";
import { COMPUTES } from "./computes.ts";
import { withoutNewCrashHandlers } from "./crash-handlers.ts";
import { TfjsSession } from "./session.ts";
import { importTensorFlow, onBackend, type TensorFlow } from "./tensorflow.ts";
import { wasmFiles, type WasmFile } from "./wasm-files.ts";
import { requireStarted, requireThreadedBuild } from "./wasm-threads.ts";

const OPTIONS = { threads: THREADS };
export type TfjsWasmOptions = OptionsOf<typeof OPTIONS>;

/** TensorFlow.js on XNNPACK, compiled to WebAssembly. */
export const tfjsWasm: TypedBackend<typeof OPTIONS> = {
  id: "tfjs-wasm",
  summary: "TensorFlow.js, WebAssembly (XNNPACK)",
  platforms: ["node", "browser"],
  options: OPTIONS,
  availability: () => Promise.resolve(webAssemblyAvailability()),
  prepare: async () => void (await importLibrary()),
  load: async (model, weights, options) => {
    const { threads } = resolveOptions(tfjsWasm, options);
    layersFor(tfjsWasm.id, model, COMPUTES);
    requireWebAssembly(tfjsWasm.id);
    const { tf, wasm } = await importLibrary();
    const simd = await flag(tf, "WASM_HAS_SIMD_SUPPORT");
    const multithread = await (detectedThreads ??= flag(tf, "WASM_HAS_MULTITHREAD_SUPPORT"));
    requireThreadedBuild(threads, { isNode: tf.env().getBool("IS_NODE"), threaded: simd && multithread });
    // One thread takes the build without: the other one starts idle workers, from blob URLs, which a content security
    // policy may forbid, and from the text of a function, which minifiers spoil so that it never ends.
    const threaded = simd && multithread && threads > 1;
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", threaded);
    const running = runningThreads(wasm);
    wasm.setThreadsCount(threads);
    await unlessWorkersAreBlocked(tfjsWasm.id, () =>
      withoutNewCrashHandlers(() => onBackend(tf, "wasm", () => {})),
    );
    const started = wasm.getThreadsCount();
    requireStarted(threads, started, {
      running,
      cores: "navigator" in globalThis ? navigator.hardwareConcurrency : 1,
    });
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
    const memory = () => wasmMemory(tf, wasm);
    return TfjsSession.load({ id: tfjsWasm.id, tf, backend: "wasm", actual, memory }, model, weights);
  },
};

/** As the library found it, before it was told otherwise. */
let detectedThreads: Promise<boolean> | undefined;

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

/** Of the active backend: one memory for all sessions, which grows and never shrinks. */
function wasmMemory(tf: TensorFlow, { BackendWasm }: typeof library): SessionMemory {
  const backend = tf.backend();
  // Emscripten's name of all of it, which the library reads its results from.
  const heap: unknown = backend instanceof BackendWasm ? Reflect.get(backend.wasm, "HEAPU8") : undefined;
  if (!(heap instanceof Uint8Array))
    throw new Error("[backend-tfjs] the library shows no memory that it computes in. Report it.");
  return { wasmBytes: heap.buffer.byteLength };
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
