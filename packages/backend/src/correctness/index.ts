export * from "./check-layers.ts";
export * from "./compare.ts";
export * from "./divergence.ts";
export * from "./expect.ts";
export * from "./precision.ts";
export type { Agreement } from "./top.ts";
