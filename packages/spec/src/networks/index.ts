export * from "./mobilenet-v1.ts";
export * from "./name.ts";
