/** A function of WebAssembly bound to its memory. It takes and returns 32-bit integers only: addresses and counts. */
export type Routine = (...args: number[]) => number | void;

/** The one function that a module exports, working on `memory`. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Routine {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const [routine] = Object.values(exports);
  if (!isRoutine(routine)) throw new TypeError("[backend-wasm] A module exports no function. Report a bug.");
  return routine;
}

function isRoutine(value: unknown): value is Routine {
  return typeof value === "function";
}
