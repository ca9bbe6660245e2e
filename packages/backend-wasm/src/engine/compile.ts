import { moduleBytes, type Code } from "../kernels/module.ts";
import type { Kernel, Placement } from "../kernels/table.ts";

/** A compiled module; `optimised` once its optimised code has been seen to run. */
export interface Compiled {
  readonly name: string;
  readonly module: WebAssembly.Module;
  optimised: boolean;
}

/**
 * Compiled modules by name, shape and kind of memory. They hold no state, so every session of the process
 * shares them, and the second session of a model loads in no time.
 */
const cache = new Map<string, Promise<Compiled>>();

export function compileKernel(kernel: Kernel, placement: Placement, shared: boolean): Promise<Compiled> {
  return compileOnce(kernel.name, kernel.key(placement), shared, () => kernel.generate(placement));
}

export function compileOnce(
  name: string,
  key: string,
  shared: boolean,
  generate: () => Code,
): Promise<Compiled> {
  const id = `${name} ${key} ${shared}`;
  let compiled = cache.get(id);
  if (!compiled) {
    compiled = WebAssembly.compile(moduleBytes(name, generate(), shared)).then((module) => ({
      name,
      module,
      optimised: false,
    }));
    cache.set(id, compiled);
  }
  return compiled;
}
