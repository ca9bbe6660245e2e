/** Its packages need one another in the same version, whichever of them computes. */
export const TFJS_LIBRARY = [
  "@tensorflow/tfjs-backend-cpu",
  "@tensorflow/tfjs-backend-wasm",
  "@tensorflow/tfjs-backend-webgpu",
  "@tensorflow/tfjs-core",
  "@tensorflow/tfjs-layers",
  "@tensorflow/tfjs-node",
];

/** `onnxruntime-common` has the types of both of the others. */
export const ORT_NODE_LIBRARY = ["onnxruntime-node", "onnxruntime-common"];
/** In Node and in pages alike. */
export const ORT_WEB_LIBRARY = ["onnxruntime-web", "onnxruntime-common"];
