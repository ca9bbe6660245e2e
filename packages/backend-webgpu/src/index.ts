export { webgpu, type WebgpuOptions } from "./backend.ts";
