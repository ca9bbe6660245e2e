import { foldBatchNorm, generateWeights, type Model } from "@mobilenet-bench/spec";
import type * as core from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";

/** MobileNet as one writes it with the library alone: fused operations, `tidy`, `dataSync`. */
export function mobilenet(tf: typeof core, model: Model): (input: Float32Array) => Float32Array {
  const folded = foldBatchNorm(model, generateWeights(model));
  const convolutions: ((x: Tensor4D) => Tensor4D)[] = [];
  let classify: ((pooled: Tensor2D) => Tensor) | undefined;
  for (const { name, type, kernel: side, stride, input, output } of model.layers) {
    const { kernel, bias: offset } = folded.get(name) ?? {};
    if (!kernel || !offset) continue;
    const bias = tf.tensor1d(offset);
    if (type === "dense") {
      const b = tf.tensor2d(kernel, [input[2], output[2]]);
      classify = (pooled) => tf.fused.matMul({ a: pooled, b, bias });
      continue;
    }
    const isDepthwise = type === "depthwise";
    const [depth, channels] = isDepthwise ? [output[2], 1] : [input[2], output[2]];
    const filter = tf.tensor4d(kernel, [side, side, depth, channels]);
    const convolve = isDepthwise ? tf.fused.depthwiseConv2d : tf.fused.conv2d;
    convolutions.push((x) =>
      convolve({ x, filter, bias, strides: stride, pad: "same", activation: "relu6" }),
    );
  }
  return (input) => {
    const logits = tf.tidy(() => {
      let x = tf.tensor4d(input, [1, ...model.input]);
      for (const convolve of convolutions) x = convolve(x);
      const pooled = tf.mean<Tensor2D>(x, [1, 2]);
      return classify?.(pooled) ?? pooled;
    });
    const values = logits.dataSync<"float32">();
    logits.dispose();
    return values;
  };
}
