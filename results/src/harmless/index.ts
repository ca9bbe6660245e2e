export * from "./csv-records.ts";
export * from "./json-text.ts";
export * from "./markdown-text.ts";
export * from "./terminal-text.ts";
export * from "./xml-text.ts";
