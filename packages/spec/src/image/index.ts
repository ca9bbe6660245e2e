export * from "./load-image.ts";
