export * from "./budget.ts";
export * from "./choose.ts";
export * from "./describe-choice.ts";
export * from "./fit.ts";
export * from "./newest-cells.ts";
export * from "./offer.ts";
