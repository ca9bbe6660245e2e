export * from "./query.ts";
export * from "./roll-up.ts";
export * from "./roll-up-error.ts";
