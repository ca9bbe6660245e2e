export * from "./compare-paper.ts";
export * from "./differences.ts";
export * from "./figure.ts";
export * from "./rows.ts";
