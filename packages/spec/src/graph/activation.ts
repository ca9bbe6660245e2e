/** Least and greatest value of an output: ReLU6 is what the authors trained, plain ReLU what the paper says. */
export const ACTIVATIONS = {
  relu6: [0, 6],
  relu: [0, Infinity],
  none: [-Infinity, Infinity],
} as const satisfies Record<string, readonly [least: number, greatest: number]>;

/** What is done to every element of a layer's output. */
export type Activation = keyof typeof ACTIVATIONS;

/** A value after the activation; NaN stays NaN. */
export function activate(activation: Activation, value: number): number {
  const [least, greatest] = ACTIVATIONS[activation];
  return Math.min(Math.max(value, least), greatest);
}
