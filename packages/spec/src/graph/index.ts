export * from "./activation.ts";
export * from "./layer.ts";
export * from "./network.ts";
export * from "./operation.ts";
export * from "./padding.ts";
export * from "./shape.ts";
export * from "./walk.ts";
