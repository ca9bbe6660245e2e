import type * as v8 from "node:v8";
import type * as workerThreads from "node:worker_threads";

type Builtins = {
  "node:v8": typeof v8;
  "node:worker_threads": typeof workerThreads;
};

/**
 * A module of Node, undefined elsewhere. There is no import to resolve, so bundlers for browsers need no
 * configuration.
 */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined {
  return typeof process === "undefined" ? undefined : process.getBuiltinModule?.(name);
}
