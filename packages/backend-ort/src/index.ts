export { ortNode, type OrtNodeOptions } from "./ort-node.ts";
export { ortWasm, type OrtWasmOptions } from "./ort-wasm.ts";
export { ortWebgpu, type OrtWebgpuOptions } from "./ort-webgpu.ts";
