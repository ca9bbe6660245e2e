import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
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
 */
export function batchNorm(
  tf: TensorFlow,
  x: Tensor4D,
  gamma: Tensor1D,
  beta: Tensor1D,
  { mean, variance }: BatchMoments,
  epsilon: number,
): Tensor4D {
  const withGradient = tf.customGrad((...inputs) => {
    const [x, gamma, beta, save] = inputs as unknown as [Tensor4D, Tensor1D, Tensor1D, GradSaver];
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const normal: Tensor4D = tf.mul(tf.sub(x, mean), inverse);
    const scale: Tensor1D = tf.mul(gamma, inverse);
    save([normal, scale]);
    return {
      value: tf.add(tf.mul(normal, gamma), beta),
      gradFunc: (dy, saved) => {
        const [normal, scale] = saved as [Tensor4D, Tensor1D];
        const count = normal.size / scale.size;
        const dBeta = tf.sum(dy, [0, 1, 2]);
        const dGamma = tf.sum(tf.mul(dy, normal), [0, 1, 2]);
        const along = tf.add(tf.mul(normal, tf.div(dGamma, count)), tf.div(dBeta, count));
        return [tf.mul(tf.sub(dy, along), scale), dGamma, dBeta];
      },
    };
  });
  return withGradient(x, gamma, beta) as Tensor4D;
}

type GradSaver = (tensors: (Tensor1D | Tensor4D)[]) => void;
