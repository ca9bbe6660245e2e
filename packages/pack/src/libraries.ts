/**
 * Libraries that no pack has: what runs in pages alone is in the page's own files, the native library of tfjs-node is
 * made on each machine, and what it is made with has no use elsewhere; a database would be half of the pack, and runs are
 * rolled up where they are brought together.
 */
export const NEVER_PACKED: readonly string[] = [
  "@duckdb/node-api",
  "@tensorflow/tfjs-backend-webgpu",
  "@tensorflow/tfjs-node",
  "node-api-headers",
];

/** Packages of which files are taken that need nothing else. */
export const TAKEN_ALONE: readonly string[] = ["@tensorflow-models/mobilenet"];

/** Packages that are built for every way to load them, and the files among these that Node loads. */
export const LOADED_FILES: Readonly<Record<string, RegExp>> = {
  "@tensorflow-models/mobilenet": /^dist\/imagenet_classes\.js$/,
  "@tensorflow/tfjs-core": /^dist\/[^/]+\.node\.js$/,
  "@tensorflow/tfjs-backend-cpu": /^dist\/[^/]+\.node\.js$/,
  "@tensorflow/tfjs-backend-wasm": /^dist\/[^/]+(\.node\.js|\.wasm)$/,
  "onnxruntime-web": /^dist\/(ort\.node\.min\.mjs|ort-wasm-simd-threaded\.(mjs|wasm))$/,
};
