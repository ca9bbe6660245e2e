/** The binaries of `@tensorflow/tfjs-backend-wasm`: without SIMD, with SIMD, with SIMD and threads. */
export const WASM_FILES = [
  "tfjs-backend-wasm.wasm",
  "tfjs-backend-wasm-simd.wasm",
  "tfjs-backend-wasm-threaded-simd.wasm",
] as const;
export type WasmFile = (typeof WASM_FILES)[number];

/**
 * Their addresses in a page. Each is written out in the form that bundlers resolve and emit a file for; and each is a
 * copy beside this module, since development servers do not resolve the name of a package in this form.
 */
export function wasmFiles(): Record<WasmFile, string> {
  return {
    "tfjs-backend-wasm.wasm": new URL("./page/tfjs-backend-wasm.wasm", import.meta.url).href,
    "tfjs-backend-wasm-simd.wasm": new URL("./page/tfjs-backend-wasm-simd.wasm", import.meta.url).href,
    "tfjs-backend-wasm-threaded-simd.wasm": new URL(
      "./page/tfjs-backend-wasm-threaded-simd.wasm",
      import.meta.url,
    ).href,
  };
}
