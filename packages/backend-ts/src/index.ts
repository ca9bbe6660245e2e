export { ts, type TsOptions } from "./backend.ts";
