import { tfjsNode } from "@mobilenet-bench/backend-tfjs";
import type { Scalar, Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import { beforeEach, expect, it } from "vitest";
import { batchMoments, batchNorm } from "../scripts/training/batch-norm.ts";
import { startTensorFlow } from "../scripts/training/start-tensorflow.ts";

const here = await tfjsNode.availability();
const EPSILON = 1e-3;

beforeEach(({ skip }) => skip(!here.available, here.available ? "" : `${here.reason} ${here.remedy}`));

it(
  "has the gradient that the engine finds by itself through mean and variance",
  { timeout: 60_000 },
  async () => {
    const tf = await startTensorFlow(1);
    const x = tf.randomNormal([3, 5, 4, 6], 0.4, 2, "float32", 11);
    const gamma = tf.randomUniform([6], 0.5, 1.5, "float32", 12);
    const beta = tf.randomUniform([6], -1, 1, "float32", 13);
    const direction = tf.randomNormal([3, 5, 4, 6], 0, 1, "float32", 14);
    const along = (y: Tensor): Scalar => tf.sum(tf.mul(y, direction));

    const ours = tf.grads((x: Tensor, gamma: Tensor, beta: Tensor) => {
      const input: Tensor4D = tf.reshape(x, [3, 5, 4, 6]);
      return along(batchNorm(tf, input, gamma, beta, batchMoments(tf, input), EPSILON));
    });
    const found = tf.grads((x: Tensor, gamma: Tensor, beta: Tensor) => {
      const mean: Tensor1D = tf.mean(x, [0, 1, 2]);
      const centred = tf.sub(x, mean);
      const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), [0, 1, 2]), EPSILON));
      return along(tf.add(tf.mul(tf.div(centred, deviation), gamma), beta));
    });
    const inputs = [x, gamma, beta];
    const expected = await Promise.all(found(inputs).map((gradient) => gradient.data()));
    const actual = await Promise.all(ours(inputs).map((gradient) => gradient.data()));
    for (const [i, gradient] of actual.entries()) {
      expect(gradient).toHaveLength(inputs[i]?.size ?? 0);
      for (const [j, value] of gradient.entries()) expect(value).toBeCloseTo(expected[i]?.[j] ?? NaN, 3);
    }
  },
);
