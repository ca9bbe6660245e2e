export { detectLevel, LEVELS, type Level } from "./simd/level.ts";
