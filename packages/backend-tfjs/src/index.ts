export { tfjsCpu, type TfjsCpuOptions } from "./tfjs-cpu.ts";
export { tfjsNode, type TfjsNodeOptions } from "./tfjs-node.ts";
export { tfjsWasm, type TfjsWasmOptions } from "./tfjs-wasm.ts";
export { tfjsWebgpu } from "./tfjs-webgpu.ts";
