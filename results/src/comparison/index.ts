export * from "./common-layers.ts";
export * from "./comparison.ts";
export * from "./differences-in-actual.ts";
export * from "./layer-changes.ts";
export * from "./layer-pair.ts";
export * from "./outcome.ts";
