import { NARROW } from "../layout/panels.ts";
import { F32 } from "../layout/units.ts";
import type { Plan, Step } from "../run/plan.ts";
import type { Routine } from "../run/routine.ts";

/** A small, constant piece of a step's work. */
export interface Probe {
  readonly run: () => void;
  /** Multiply-adds of one run (additions for pool). */
  readonly work: number;
}

/** A few microseconds, and small enough to stay in the first cache, where optimised code shows most. */
const WORK = 30_000;
/** A depthwise layer uses each input only nine times. */
const DEPTHWISE_WORK = 8_000;

/** A piece of a step that is large enough to time and small enough to cost nothing. */
export function probe({ zeros }: Plan, step: Step, routine: Routine): Probe {
  const { input, output, weights, bias, channels, pixels, depth } = step;
  const { width, height } = output.layout;
  switch (step.op) {
    case "pointwise":
    case "dense": {
      const panel = pixels * channels * depth;
      const count = atMost(Math.floor((width * height) / pixels), WORK / panel);
      const panels = atMost(step.panels.full, WORK / panel / count);
      const [full, narrow] = step.panels.full > 0 ? [panels, 0] : [0, 1];
      return {
        run: () => void routine(input.address, weights, bias, output.address, count, 0, full, narrow),
        work: count * pixels * depth * (full * channels + narrow * NARROW),
      };
    }
    case "convolution": {
      const panel = width * channels * depth;
      const rows = atMost(height, WORK / panel);
      const [full, narrow] = step.panels.full > 0 ? [1, 0] : [0, 1];
      return {
        run: () => void routine(input.address, zeros, weights, bias, output.address, 0, rows, full, narrow),
        work: rows * width * depth * (full * channels + narrow * NARROW),
      };
    }
    case "depthwise": {
      const row = width * 9;
      const count = atMost(units(step), DEPTHWISE_WORK / row / channels) * channels;
      return {
        run: () => void routine(input.address, zeros, weights, output.address, 0, 1, 0, count * F32),
        work: row * count,
      };
    }
    case "pool": {
      const values = input.layout.width * input.layout.height;
      const count = atMost(units(step), WORK / values / channels) * channels;
      return {
        run: () => void routine(input.address, output.address, 0, count * F32),
        work: values * count,
      };
    }
  }
}

/** Vectors of channels that the step's tile goes through. */
function units({ output, channels }: Step) {
  return Math.floor(output.layout.channels / channels) || 1;
}

function atMost(limit: number, wanted: number) {
  return Math.max(1, Math.min(limit, Math.round(wanted)));
}
