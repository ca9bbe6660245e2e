import type { Padding } from "@mobilenet-bench/spec";

/** TensorFlow's VALID. */
export const NO_PADDING: Padding = { top: 0, bottom: 0, left: 0, right: 0 };
