export * from "./appended-file.ts";
export * from "./probe.ts";
export * from "./read-text.ts";
export * from "./write-descriptor.ts";
export * from "./write-error.ts";
export * from "./write-whole.ts";
