import { elements, type FoldedWeights } from "@mobilenet-bench/spec";
import type { TsLayer } from "./computes.ts";
import { runStep } from "./run-step.ts";
import type { Share } from "./share.ts";
import { compileSteps, type Allocate, type Step } from "./step.ts";

/** A loaded model: what each thread of a session needs. Survives structured cloning, sharing its memory. */
export interface Program {
  readonly steps: readonly Step[];
  /** Step i reads buffer i mod 2 and writes the other one; each holds the largest activation. */
  readonly buffers: readonly [Float32Array, Float32Array];
}

export function createProgram(
  layers: readonly TsLayer[],
  folded: FoldedWeights,
  allocate: Allocate,
): Program {
  const steps = compileSteps(layers, folded, allocate);
  const length = Math.max(...steps.flatMap(({ layer }) => [elements(layer.input), elements(layer.output)]));
  return { steps, buffers: [allocate(length), allocate(length)] };
}

/** What step `index` reads. */
export function inputOf({ steps, buffers }: Program, index: number): Float32Array {
  return buffers[index & 1 ? 1 : 0].subarray(0, elements(stepAt(steps, index).layer.input));
}

/** What step `index` writes. */
export function outputOf({ steps, buffers }: Program, index: number): Float32Array {
  return buffers[index & 1 ? 0 : 1].subarray(0, elements(stepAt(steps, index).layer.output));
}

/** One thread's share of steps [from, to); `meet` waits until every thread has finished the step. */
export function runProgram(program: Program, from: number, to: number, share: Share, meet: () => void) {
  for (let index = from; index < to; index++) {
    runStep(stepAt(program.steps, index), inputOf(program, index), outputOf(program, index), share);
    meet();
  }
}

function stepAt(steps: readonly Step[], index: number): Step {
  const step = steps[index];
  if (!step) throw new RangeError(`step ${index} of ${steps.length}`);
  return step;
}
