export { ortNode } from "./ort-node.ts";
export { ortWasm } from "./ort-wasm.ts";
export { ortWebgpu } from "./ort-webgpu.ts";
