export type { Backends, Contents, Refusal } from "./backend.ts";
export type { Facts } from "./facts.ts";
export { writePack, type Packed, type PackHooks, type PackSettings, type PartSize } from "./pack.ts";
export { PackError } from "./pack-error.ts";
export { inMiB, MIB } from "./size.ts";
