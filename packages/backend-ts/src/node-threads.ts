/** Node's worker threads; undefined elsewhere. No import, so that bundlers for browsers find nothing to resolve. */
export function nodeThreads() {
  if (typeof process === "undefined" || typeof process.getBuiltinModule !== "function") return undefined;
  return process.getBuiltinModule("node:worker_threads");
}
