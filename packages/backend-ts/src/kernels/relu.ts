import type { Layer } from "@mobilenet-bench/spec";
import type { Range } from "../share.ts";

/**
 * Plain ReLU, where the layer has it, of what a kernel has stored without an activation. Behind the kernels, and not in them: a second
 * activation in their loops makes every layer slower that has ReLU6, as nearly all have.
 * @param pixels those that are the caller's
 * @param own its channels
 */
export function relu(
  { activation, output: [, , channels] }: Layer,
  output: Float32Array,
  pixels: Range,
  own: Range,
) {
  if (activation !== "relu") return;
  for (let pixel = pixels.from; pixel < pixels.to; pixel++)
    for (let at = pixel * channels + own.from; at < pixel * channels + own.to; at++)
      output[at] = Math.max(output[at]!, 0);
}
