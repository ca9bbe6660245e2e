import { compileOnce } from "../engine/compile.ts";
import { optimise } from "../engine/optimise.ts";
import { instantiate } from "../kernels/module.ts";
import { peakKernel } from "../kernels/peak.ts";
import type { Level } from "../simd/level.ts";
import { atLevel } from "../simd/revectorize.ts";

export { detectLevel, LEVELS, type Level } from "../simd/level.ts";
export { revectorizationRefusal } from "../simd/revectorize.ts";

/** Multiply–adds in registers alone, in the way of one level: what a machine reaches at best in WebAssembly. */
export interface PeakKernel {
  /** Runs that many iterations, 1 to {@link MAX_ITERATIONS}. Time this. */
  readonly run: (iterations: number) => void;
  readonly multAddsPerIteration: number;
  /** Whether the last `run` left exactly what its arithmetic gives. */
  readonly verify: () => boolean;
}

/** Float32 counts exactly up to here. */
export const MAX_ITERATIONS = 2 ** 23;

/**
 * A peak kernel, already compiled by the engine's optimising compiler.
 *
 * For `wide`, V8's revectorization is on while the kernel is compiled and off afterwards. Whether it took
 * effect shows in the rate: twice that of `relaxed` on a machine with 256-bit units.
 * @throws UnsupportedError where the level's flag cannot be set
 */
export async function createPeakKernel(level: Level): Promise<PeakKernel> {
  return atLevel(level, () => build(level));
}

async function build(level: Level): Promise<PeakKernel> {
  const { name, code, floats: count, accumulatorFloats } = peakKernel(level);
  const memory = new WebAssembly.Memory({ initial: 1 });
  const compiled = await compileOnce(name, "", false, () => code);
  const kernel = instantiate(compiled.module, memory);
  const floats = new Float32Array(memory.buffer, 0, count);
  let last = 0;
  const run = (iterations: number) => {
    // Each lane starts at its own index; x and y are 1.
    for (let i = 0; i < count; i++) floats[i] = i < accumulatorFloats ? i : 1;
    kernel(iterations);
    last = iterations;
  };
  const verify = () => floats.subarray(0, accumulatorFloats).every((value, i) => value === i + last);
  const work = 10_000;
  await optimise([[compiled, { run: () => run(work), work }]], { settle: level === "wide" });
  return { run, multAddsPerIteration: accumulatorFloats, verify };
}
