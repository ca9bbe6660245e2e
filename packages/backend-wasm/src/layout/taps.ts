/** Floats per channel in a depthwise layer's packed weights: nine taps and the bias. */
export const TAPS = 10;
