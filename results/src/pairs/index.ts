export * from "./calibration.ts";
export * from "./calibration-summary.ts";
export * from "./control-arms.ts";
export * from "./pair-protocol.ts";
export * from "./pair.ts";
export * from "./paired-comparison.ts";
