/** Zero padding in pixels on each side of the input. */
export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const NO_PADDING: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

/**
 * TensorFlow's SAME padding along one axis: ⌈size / stride⌉ outputs, and where the total is odd the
 * extra pixel goes behind (bottom, right).
 */
export function samePadding(size: number, kernel: number, stride: number) {
  const output = Math.ceil(size / stride);
  const total = Math.max(0, (output - 1) * stride + kernel - size);
  const before = Math.floor(total / 2);
  return { output, before, after: total - before };
}

/**
 * ⌊kernel / 2⌋ pixels before and behind, as PyTorch's `padding=1` of a 3×3 kernel and Keras before 2.2 have it. An odd
 * kernel gives as many outputs as SAME; with stride 2 its windows lie one pixel further ahead on an even plane.
 */
export function symmetricPadding(size: number, kernel: number, stride: number) {
  const before = Math.floor(kernel / 2);
  return { output: Math.floor((size + 2 * before - kernel) / stride) + 1, before, after: before };
}

/** Where the zeros are put that keep a plane's size but for the stride. */
export const PADDINGS = { same: samePadding, symmetric: symmetricPadding } as const;
export type PaddingRule = keyof typeof PADDINGS;

/** No padding: windows that lie within the plane. */
export function validPadding(size: number, kernel: number, stride: number) {
  return { output: Math.floor((size - kernel) / stride) + 1, before: 0, after: 0 };
}

/** Where windows may lie. */
export const WINDOWS = { ...PADDINGS, valid: validPadding } as const;
export type WindowRule = keyof typeof WINDOWS;
