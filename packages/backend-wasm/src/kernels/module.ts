import { importMemory, Module, type Func } from "wasmati";

/** A function of WebAssembly before it is bytes. */
export type Code = Func<"i32"[], "i32"[]>;

const PAGES = 65536;
const declared = new Map<boolean, ReturnType<typeof importMemory>>();

/** The memory that every module imports as `env.memory`. Its size is left open, so that one module serves all. */
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
export function moduleBytes(name: string, code: Code, shared: boolean) {
  return new Uint8Array(Module({ exports: { [name]: code }, memory: memoryImport(shared) }).toBytes());
}
