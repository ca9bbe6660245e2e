export * from "./adapter.ts";
export * from "./page-adapter.ts";
export * from "./watch-device.ts";
