import type { Kernel } from "../kernels/module.ts";
import { F32 } from "../kernels/vocabulary.ts";
import type { Plan, Step } from "../plan/step.ts";

/** A small, constant piece of a step's work. */
export interface Probe {
  readonly run: () => void;
  /** Multiply-adds of one run (additions for pool). */
  readonly work: number;
}

/** Tens of microseconds even in baseline code. */
const WORK = 100_000;

/** A piece of a step that is large enough to time and small enough to cost nothing. */
export function probe({ zeros }: Plan, step: Step, kernel: Kernel): Probe {
  const { input, output, weights, bias, channels, pixels, depth } = step;
  const { width, height, pitch } = output.layout;
  switch (step.op) {
    case "pointwise":
    case "dense": {
      const panel = pixels * channels * depth;
      const count = atMost(Math.floor((width * height) / pixels), WORK / panel);
      const panels = atMost(step.panels.full, WORK / panel / count);
      const [full, narrow] = step.panels.full > 0 ? [panels, 0] : [0, 1];
      return {
        run: () => void kernel(input.address, weights, bias, output.address, count, 0, full, narrow),
        work: count * pixels * depth * (full * channels + narrow * 8),
      };
    }
    case "convolution": {
      const panel = width * channels * depth;
      const rows = atMost(height, WORK / panel);
      const [full, narrow] = step.panels.full > 0 ? [1, 0] : [0, 1];
      return {
        run: () => void kernel(input.address, zeros, weights, bias, output.address, 0, rows, full, narrow),
        work: rows * width * depth * (full * channels + narrow * 8),
      };
    }
    case "depthwise": {
      const row = width * pitch * 9;
      const rows = atMost(height, WORK / row);
      const end = Math.ceil(output.layout.channels / 8) * 8 * F32;
      return {
        run: () => void kernel(input.address, zeros, weights, output.address, 0, rows, 0, end),
        work: rows * row,
      };
    }
    case "pool": {
      const end = Math.ceil(output.layout.channels / 8) * 8 * F32;
      return {
        run: () => void kernel(input.address, output.address, 0, end),
        work: input.layout.width * input.layout.height * input.layout.channels,
      };
    }
  }
}

function atMost(limit: number, wanted: number) {
  return Math.max(1, Math.min(limit, Math.round(wanted)));
}
