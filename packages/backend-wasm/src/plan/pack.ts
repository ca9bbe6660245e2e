import type { FoldedLayer } from "@mobilenet-bench/spec";
import { packPanels } from "../layout/panels.ts";
import { TAPS } from "../layout/taps.ts";
import { F32 } from "../layout/units.ts";
import type { Step } from "../run/plan.ts";

/** Writes a layer's folded weights into the memory as its kernel reads them. */
export function packWeights(memory: Float32Array, step: Step, { kernel: weights, bias }: FoldedLayer) {
  const target = memory.subarray(step.weights / F32);
  if (step.op === "depthwise") packDepthwise(target, weights, bias, step.channels);
  else packPanels(target, weights, bias, step.panels);
}

/** [3, 3, channels] and the bias as [channels / group][9 taps, bias][group], zeros where channels end. */
function packDepthwise(target: Float32Array, weights: Float32Array, bias: Float32Array, group: number) {
  const channels = bias.length;
  for (let c = 0; c < channels; c++) {
    const to = Math.floor(c / group) * TAPS * group + (c % group);
    for (let tap = 0; tap < TAPS - 1; tap++) target[to + tap * group] = weights[tap * channels + c]!;
    target[to + (TAPS - 1) * group] = bias[c]!;
  }
}
