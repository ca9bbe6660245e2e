export * from "./axes.ts";
export * from "./cell-id.ts";
export * from "./fit.ts";
export * from "./latency.ts";
export * from "./of-peak.ts";
export * from "./ratios.ts";
export * from "./schema.ts";
export * from "./software-adapter.ts";
