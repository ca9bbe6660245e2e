/** The layers that have a kernel: softmax is the caller's, sessions return logits. */
export const OPS = ["convolution", "depthwise", "pointwise", "dense", "pool"] as const;
export type Op = (typeof OPS)[number];
