export * from "./evaluate-year.ts";
export * from "./simulate-nights.ts";
export * from "./simulated-cells.ts";
export * from "./simulated-job.ts";
export * from "./simulated-run.ts";
export * from "./year-outcome.ts";
export * from "./year-plan.ts";
export * from "./year-text.ts";
