export * from "./contract-faults.ts";
export * from "./fault.ts";
export * from "./networks.ts";
export * from "./tampering.ts";
export * from "./why-stale.ts";
