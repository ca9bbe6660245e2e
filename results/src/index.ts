export * from "./cell-id.ts";
export * from "./find-run.ts";
export * from "./of-peak.ts";
export * from "./schema.ts";
export * from "./store-error.ts";
export * from "./store.ts";
