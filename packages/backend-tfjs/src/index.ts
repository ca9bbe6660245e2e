export { tfjsCpu } from "./tfjs-cpu.ts";
export { tfjsNode } from "./tfjs-node.ts";
export { tfjsWasm } from "./tfjs-wasm.ts";
