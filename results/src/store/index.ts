export * from "./all-runs.ts";
export * from "./calibrations.ts";
export * from "./earlier-runs.ts";
export * from "./find-run.ts";
export * from "./json-schemas.ts";
export * from "./read-history.ts";
export * from "./store-error.ts";
export * from "./store.ts";
