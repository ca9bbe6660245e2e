export * from "./build-site.ts";
export { BUDGET, overBudget, type FirstLoad } from "./first-load.ts";
export * from "./report/index.ts";
export * from "./serve-site.ts";
export * from "./site-error.ts";
