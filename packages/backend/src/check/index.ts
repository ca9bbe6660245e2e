export * from "./check-layers.ts";
export * from "./compare.ts";
export * from "./expect.ts";
export * from "./precision.ts";
