import { UnsupportedError } from "@mobilenet-bench/backend";
import { importLibrary } from "#web-host";

export type WebLibrary = Awaited<ReturnType<typeof importLibrary>>;

let library: Promise<WebLibrary> | undefined;
/** The library starts its threads once, with the first session of the process or page. */
let startedThreads: number | undefined;

/** onnxruntime-web, imported once. */
export function loadWebLibrary(): Promise<WebLibrary> {
  library ??= importLibrary();
  return library;
}

/**
 * onnxruntime-web, set to start (with its first session) as many threads as asked for.
 * @throws UnsupportedError where it runs with another number already, or has none to give
 */
export async function loadThreaded(backend: string, threads: number): Promise<WebLibrary> {
  const source = `backend-${backend}`;
  if (startedThreads !== undefined && startedThreads !== threads)
    throw new UnsupportedError(
      source,
      `onnxruntime-web computes with threads=${startedThreads} in this process already and cannot change that.`,
      "Use a process (or page) of its own for each number of threads.",
    );
  if (threads > 1 && !canShareMemory())
    throw new UnsupportedError(
      source,
      "WebAssembly threads need SharedArrayBuffer, which this page is not allowed.",
      "Serve it cross-origin isolated (headers COOP and COEP), or use threads=1.",
    );
  const loaded = await loadWebLibrary();
  startedThreads = threads;
  Object.assign(loaded.env.wasm, { numThreads: threads, proxy: false });
  // Its errors come as exceptions too.
  loaded.env.logLevel = "fatal";
  return loaded;
}

/** Without this the library would only warn, and compute with one thread. */
function canShareMemory(): boolean {
  return typeof SharedArrayBuffer === "function" && Reflect.get(globalThis, "crossOriginIsolated") !== false;
}
