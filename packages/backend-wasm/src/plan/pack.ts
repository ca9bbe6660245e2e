import type { FoldedLayer } from "@mobilenet-bench/spec";
import { TAPS } from "../kernels/depthwise.ts";
import { F32 } from "../kernels/vocabulary.ts";
import { packPanels } from "./panels.ts";
import type { Step } from "./step.ts";

/** Writes a layer's folded weights into the memory as its kernel reads them. */
export function packWeights(memory: Float32Array, step: Step, { kernel, bias }: FoldedLayer) {
  const target = memory.subarray(step.weights / F32);
  if (step.op === "depthwise") packDepthwise(target, kernel, bias, step.channels);
  else packPanels(target, kernel, bias, step.panels);
}

/** [3, 3, channels] and the bias as [channels / group][9 taps, bias][group], zeros where channels end. */
function packDepthwise(target: Float32Array, kernel: Float32Array, bias: Float32Array, group: number) {
  const channels = bias.length;
  for (let c = 0; c < channels; c++) {
    const to = Math.floor(c / group) * TAPS * group + (c % group);
    for (let tap = 0; tap < TAPS - 1; tap++) target[to + tap * group] = kernel[tap * channels + c]!;
    target[to + (TAPS - 1) * group] = bias[c]!;
  }
}
