export * from "./describe-left-out.ts";
export * from "./describe-pace.ts";
export * from "./describe-parts.ts";
export * from "./describe-state.ts";
export * from "./how-many.ts";
export * from "./machine-title.ts";
export * from "./reasons.ts";
export * from "./run-facts.ts";
