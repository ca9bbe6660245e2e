export { readSafetensors } from "./read-safetensors.ts";
export { writeSafetensors } from "./write-safetensors.ts";
