import { UnsupportedError } from "@mobilenet-bench/backend";

/** What decides how many threads can be had. */
export interface WasmEnvironment {
  readonly isNode: boolean;
  /** The library takes its build with threads: shared memory and SIMD are there. */
  readonly threaded: boolean;
}

const NODE =
  "TensorFlow.js starts no WebAssembly threads in Node: its threaded build opens its workers from blob URLs, which Node does not take.";
const PAGE = "This page has no shared memory or no SIMD, so TensorFlow.js takes its build without threads.";

/** Before the library is started. @throws UnsupportedError where it has no threads to start */
export function requireThreadedBuild(threads: number, { isNode, threaded }: WasmEnvironment) {
  if (threads === 1 || (threaded && !isNode)) return;
  throw isNode
    ? unsupported(NODE, "Use threads=1, or a browser.")
    : unsupported(PAGE, "Use threads=1, or serve the page cross-origin isolated.");
}

/**
 * After the library is started.
 * @param running as many as ran before this session asked, if any did
 * @throws UnsupportedError where it started another number than asked for
 */
export function requireStarted(
  threads: number,
  started: number,
  { running, cores }: { readonly running: number | undefined; readonly cores: number },
) {
  if (started === threads) return;
  if (running !== undefined)
    throw unsupported(
      `TensorFlow.js runs ${started} WebAssembly thread(s) in this process, not ${threads}: the first session fixes their number.`,
      "Use a fresh process or page for each number of threads.",
    );
  throw unsupported(
    `TensorFlow.js started ${started} WebAssembly thread(s) of the ${threads} asked for: at most half of the ${cores} cores, and at most 8.`,
    `Use threads=${started}.`,
  );
}

function unsupported(reason: string, remedy: string) {
  return new UnsupportedError("backend-tfjs-wasm", reason, remedy);
}
