export * from "./convolution-layer.ts";
export { denseLayer } from "./dense.ts";
export * from "./forward.ts";
export * from "./operations.ts";
export { poolLayer } from "./pool.ts";
export { softmaxLayer } from "./softmax.ts";
