import type { Placement } from "../kernels/table.ts";
import { CHANNEL_UNIT } from "../layout/layout.ts";
import { paddedChannels } from "../layout/panels.ts";
import { at } from "../list.ts";
import type { Step } from "../run/plan.ts";
import type { Planned } from "./plan.ts";

/**
 * Multiply–adds that one inference executes: those of the network, those with the zeros that fill panels of channels up,
 * and without those at the left and the right border that depthwise kernels leave out. Pools add; they count 0.
 */
export function executedMultAdds({ plan, kernels }: Planned): number {
  return plan.steps.reduce((sum, step) => sum + executedBy(step, at(kernels, step.routine).placement), 0);
}

function executedBy({ op, output, depth, panels }: Step, { layer, input }: Placement): number {
  const { height, width, channels } = output.layout;
  switch (op) {
    case "pool":
      return 0;
    case "depthwise": {
      const taps = columnTaps(width, input.width, layer.stride, layer.padding.left);
      return height * 3 * taps * Math.ceil(channels / CHANNEL_UNIT) * CHANNEL_UNIT;
    }
    case "convolution":
    case "pointwise":
    case "dense":
      return height * width * depth * paddedChannels(panels);
  }
}

/** Taps of one filter row that lie within the image, over all columns of the output. */
function columnTaps(outputWidth: number, inputWidth: number, stride: number, left: number): number {
  let taps = 0;
  for (let x = 0; x < outputWidth; x++)
    for (let kx = 0; kx < 3; kx++) {
      const column = x * stride - left + kx;
      if (column >= 0 && column < inputWidth) taps++;
    }
  return taps;
}
