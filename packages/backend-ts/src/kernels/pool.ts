import { shareOf, type Share } from "../share.ts";
import type { Step } from "../step.ts";

/** Global average pool. The sums of one channel are independent of the rest, so threads split channels. */
export function pool({ layer }: Step, input: Float32Array, output: Float32Array, share: Share) {
  const [height, width, channels] = layer.input;
  const { from, to } = shareOf(channels, 1, share);
  const pixels = height * width;
  for (let channel = from; channel < to; channel++) {
    let sum = 0;
    for (let pixel = 0; pixel < pixels; pixel++) sum += input[pixel * channels + channel]!;
    output[channel] = sum / pixels;
  }
}
