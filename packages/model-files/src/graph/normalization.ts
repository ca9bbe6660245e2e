import type { BATCH_NORM } from "@mobilenet-bench/spec";
import type { Operation } from "./source-graph.ts";

/** What follows the kernel of a convolution, one value per output channel each. */
export type Affine = Extract<Operation, { type: "batch-norm" | "add" | "multiply" }>;

/** Batch norm as a file has it, or as it makes up for what has been folded. */
export type Normalization = Readonly<Record<(typeof BATCH_NORM)[number], Float32Array>>;

/** What follows one convolution, ready to be written as batch norm with any ε. */
export type Normalized =
  /** The file's own; `adjusted` where the convolution's bias went into the mean. */
  | {
      readonly kind: "unfolded";
      readonly norm: Normalization;
      readonly epsilon: number;
      readonly adjusted: boolean;
    }
  /** y = scale·x + shift: folded, or put together from several steps. */
  | {
      readonly kind: "affine";
      readonly scale: Float32Array;
      readonly shift: Float32Array;
      readonly composed: boolean;
    };

/**
 * Takes the bias of a convolution and the steps after it together. Batch norm alone keeps its bits, and so do a bias
 * alone, or one multiplication and one addition; else what is put together is rounded once.
 */
export function normalize(
  channels: number,
  bias: Float32Array | undefined,
  steps: readonly Affine[],
): Normalized {
  const [first, ...others] = steps;
  if (first?.type === "batch-norm" && others.length === 0) {
    const mean = perChannel(channels, first.mean);
    return {
      kind: "unfolded",
      norm: {
        gamma: perChannel(channels, first.gamma ?? Float32Array.of(1)),
        beta: perChannel(channels, first.beta ?? Float32Array.of(0)),
        moving_mean: bias ? mean.map((value, c) => value - bias[c]!) : mean,
        moving_variance: perChannel(channels, first.variance),
      },
      epsilon: first.epsilon,
      adjusted: bias?.some((value) => value !== 0) ?? false,
    };
  }
  const scale = new Float64Array(channels).fill(1);
  const shift = new Float64Array(channels).map((_, c) => bias?.[c] ?? 0);
  for (const step of steps) apply(step, scale, shift);
  const order = steps.map(({ type }) => type).join();
  const exact = bias ? steps.length === 0 : ["", "multiply", "add", "multiply,add"].includes(order);
  return {
    kind: "affine",
    scale: Float32Array.from(scale),
    shift: Float32Array.from(shift),
    composed: !exact,
  };
}

/** y = scale·x + shift, followed by a step, is again of this form. */
function apply(step: Affine, scale: Float64Array, shift: Float64Array) {
  for (let c = 0; c < scale.length; c++) {
    const [factor, addend] = coefficients(step, c);
    scale[c]! *= factor;
    // A sum with a zero that is none of the file's could change the sign of a zero.
    shift[c] = shift[c] === 0 ? addend : shift[c]! * factor + addend;
  }
}

function coefficients(step: Affine, c: number): readonly [factor: number, addend: number] {
  if (step.type === "add") return [1, at(step.values, c)];
  if (step.type === "multiply") return [at(step.values, c), 0];
  const factor = at(step.gamma ?? Float32Array.of(1), c) / Math.sqrt(at(step.variance, c) + step.epsilon);
  return [factor, at(step.beta ?? Float32Array.of(0), c) - factor * at(step.mean, c)];
}

/** One value stands for all channels where it is alone. */
function at(values: Float32Array, c: number): number {
  return values.length === 1 ? values[0]! : values[c]!;
}

function perChannel(channels: number, values: Float32Array): Float32Array {
  return values.length === channels ? values : new Float32Array(channels).fill(values[0]!);
}
