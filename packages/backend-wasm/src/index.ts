export { wasm, type WasmOptions } from "./backend.ts";
