export { webgpu } from "./backend.ts";
