/** The binaries of `@tensorflow/tfjs-backend-wasm`: without SIMD, with SIMD, with SIMD and threads. */
export type WasmFile =
  "tfjs-backend-wasm.wasm" | "tfjs-backend-wasm-simd.wasm" | "tfjs-backend-wasm-threaded-simd.wasm";

/** Their addresses in a page. Each is written out in the form that bundlers resolve and emit a file for. */
export function wasmFiles(): Record<WasmFile, string> {
  return {
    "tfjs-backend-wasm.wasm": new URL(
      "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm",
      import.meta.url,
    ).href,
    "tfjs-backend-wasm-simd.wasm": new URL(
      "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
      import.meta.url,
    ).href,
    "tfjs-backend-wasm-threaded-simd.wasm": new URL(
      "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm",
      import.meta.url,
    ).href,
  };
}
