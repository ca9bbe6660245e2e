export * from "./contract-check.ts";
export * from "./contract-checks.ts";
export * from "./random-models.ts";
export * from "./test-backend.ts";
