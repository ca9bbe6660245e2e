/** The operations that have a kernel, as workers know them. */
export const OPS = ["convolution", "depthwise", "pointwise", "dense", "pool"] as const;
export type Op = (typeof OPS)[number];
