export { tfjsCpu } from "./tfjs-cpu.ts";
export { tfjsNode } from "./tfjs-node.ts";
export { tfjsWasm } from "./tfjs-wasm.ts";
export { tfjsWebgpu } from "./tfjs-webgpu.ts";
