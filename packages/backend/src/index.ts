export * from "./check/index.ts";
export * from "./contract.ts";
export * from "./errors.ts";
export * from "./kernel-name.ts";
export * from "./layers.ts";
export * from "./options.ts";
export type { PeakKernel } from "./peak-kernel.ts";
export * from "./reference.ts";
export * from "./webgpu/index.ts";
