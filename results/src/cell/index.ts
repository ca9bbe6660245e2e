export * from "./layer-bytes.ts";
export * from "./layer-rows.ts";
export * from "./network-of.ts";
export * from "./roofline.ts";
