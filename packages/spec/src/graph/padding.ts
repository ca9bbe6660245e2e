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
