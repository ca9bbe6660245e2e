export { tfjsCpu } from "./tfjs-cpu.ts";
export { tfjsWasm } from "./tfjs-wasm.ts";
