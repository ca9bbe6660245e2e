export * from "./blocked-worker.ts";
export * from "./webassembly.ts";
export * from "./worker-error.ts";
