import { importMemory, Module, type Func } from "wasmati";

/** The code of a kernel. */
export type KernelCode = Func<"i32"[], "i32"[]>;

/** A kernel takes and returns 32-bit integers only: addresses and counts. */
export type Kernel = (...args: number[]) => number | void;

const PAGES = 65536;
const declared = new Map<boolean, ReturnType<typeof importMemory>>();

/** The memory that every kernel imports as `env.memory`. Its size is left open, so that one module serves all. */
function memoryImport(shared: boolean) {
  let memory = declared.get(shared);
  if (!memory) {
    const placeholder = new WebAssembly.Memory({ initial: 0, maximum: 0, shared });
    const limits = { min: 0, ...(shared ? { max: PAGES } : {}), shared };
    memory = { ...importMemory(limits, placeholder), module: "env", string: "memory" };
    declared.set(shared, memory);
  }
  return memory;
}

/** The bytes of a module with one exported function. V8 keys compiled code by them, and they hold the name. */
export function moduleBytes(name: string, kernel: KernelCode, shared: boolean) {
  return new Uint8Array(Module({ exports: { [name]: kernel }, memory: memoryImport(shared) }).toBytes());
}

/** The function that {@link moduleBytes} exported, working on `memory`. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernel {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const [kernel] = Object.values(exports);
  if (!isKernel(kernel)) throw new TypeError("[backend-wasm] A module exports no function. Report a bug.");
  return kernel;
}

function isKernel(value: unknown): value is Kernel {
  return typeof value === "function";
}
