import type { Availability } from "../contract.ts";
import { UnsupportedError } from "../errors.ts";

/** The smallest module: magic and version. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** As much of the engine's `WebAssembly` as is used here. */
interface Compiler {
  readonly Module: new (bytes: Uint8Array) => unknown;
}

/** Whether WebAssembly can be compiled here. A page's content security policy can forbid it. Never throws. */
export function webAssemblyAvailability(surroundings: object = globalThis): Availability {
  // Whatever has this name is the engine's.
  const compiler: Compiler | undefined = Reflect.get(surroundings, "WebAssembly");
  if (!compiler)
    return {
      available: false,
      reason: "This engine has no WebAssembly.",
      remedy: "Use another engine, or the backend ts.",
    };
  try {
    void new compiler.Module(EMPTY);
    return { available: true };
  } catch {
    // An empty module is right everywhere: it can fail by a policy alone.
    return {
      available: false,
      reason: "The content security policy of this page forbids to compile WebAssembly.",
      remedy: "Add 'wasm-unsafe-eval' to its script-src, or use the backend ts.",
    };
  }
}

/**
 * Before the first use of WebAssembly, whose own error would name no remedy.
 * @param backend its id
 * @throws UnsupportedError where it cannot be compiled
 */
export function requireWebAssembly(backend: string) {
  const availability = webAssemblyAvailability();
  if (!availability.available)
    throw new UnsupportedError(`backend-${backend}`, availability.reason, availability.remedy);
}
