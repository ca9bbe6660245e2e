import type { Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "./start-tensorflow.ts";

/** Statistics of one batch, per channel over pictures and plane. */
export interface BatchMoments {
  readonly mean: Tensor1D;
  readonly variance: Tensor1D;
}

/** Of [n, h, w, channels]; to be disposed by the caller. */
export function batchMoments(tf: TensorFlow, x: Tensor4D): BatchMoments {
  return tf.tidy(() => {
    const mean: Tensor1D = tf.mean(x, [0, 1, 2]);
    const variance: Tensor1D = tf.sub(tf.mean(tf.square(x), [0, 1, 2]), tf.square(mean));
    return { mean, variance };
  });
}

/**
 * Batch norm with the statistics of the batch itself, and its gradient in one piece (Ioffe and Szegedy 2015,
 * section 3): with x̂ = (x − mean) / √(variance + ε) over the m values of a channel, ∂β = Σ ∂y, ∂γ = Σ ∂y·x̂ and
 * ∂x = γ / √(variance + ε) · (∂y − ∂β/m − x̂·∂γ/m). That mean and variance depend on x is part of it, so they come as
 * given numbers here.
 * @param x [n, h, w, channels]
 * @param gamma [channels], as are `beta` and the statistics
 */
export function batchNorm(
  tf: TensorFlow,
  x: Tensor4D,
  gamma: Tensor,
  beta: Tensor,
  { mean, variance }: BatchMoments,
  epsilon: number,
): Tensor4D {
  const withGradient = tf.customGrad<Tensor4D>((...inputs) => {
    const save = inputs.at(-1);
    if (typeof save !== "function") throw new Error("[trained] the engine passes no way to save. Report it.");
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const normal: Tensor4D = tf.mul(tf.sub(x, mean), inverse);
    save([normal, tf.mul(gamma, inverse)]);
    return {
      value: tf.add(tf.mul(normal, gamma), beta),
      gradFunc: (dy, [normal, scale]) => {
        if (!normal || !scale) throw new Error("[trained] the engine lost what was saved. Report it.");
        const count = normal.size / scale.size;
        const dBeta = tf.sum(dy, [0, 1, 2]);
        const dGamma = tf.sum(tf.mul(dy, normal), [0, 1, 2]);
        const along = tf.add(tf.mul(normal, tf.div(dGamma, count)), tf.div(dBeta, count));
        return [tf.mul(tf.sub(dy, along), scale), dGamma, dBeta];
      },
    };
  });
  return withGradient(x, gamma, beta);
}
