export * from "./generate.ts";
export * from "./weight-bytes.ts";
export * from "./weights.ts";
