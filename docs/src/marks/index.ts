export * from "./engine.ts";
export * from "./family.ts";
export * from "./glyph.ts";
export * from "./mark-of.ts";
