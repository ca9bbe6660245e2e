import type { PeakKernel } from "@mobilenet-bench/backend";
import { compileOnce } from "../engine/compile.ts";
import { optimise } from "../engine/optimise.ts";
import { peakCode } from "../kernels/peak.ts";
import { instantiate } from "../run/routine.ts";
import type { Level } from "../simd/level.ts";
import { atLevel } from "../simd/revectorize.ts";

export { detectLevel, LEVELS, type Level } from "../simd/level.ts";
export { revectorizationRefusal } from "../simd/revectorize.ts";
export { createReadKernel, type ReadKernel } from "./read-kernel.ts";

/** Iterations of one run, about 0.1 ms. Float32 counts exactly up to 2 ** 24. */
const ITERATIONS = 50_000;

/**
 * Multiply–adds in registers alone, in the way of one level, already compiled by the engine's optimising compiler.
 *
 * For `wide`, V8's revectorization is on while the kernel is compiled and off afterwards. Whether it took
 * effect shows in the rate: twice that of `relaxed` on a machine with 256-bit units.
 * @throws UnsupportedError where the level's flag cannot be set
 */
export async function createPeakKernel(level: Level): Promise<PeakKernel> {
  return atLevel(level, () => build(level));
}

async function build(level: Level): Promise<PeakKernel> {
  const { name, code, floats: count, accumulatorFloats } = peakCode(level);
  const memory = new WebAssembly.Memory({ initial: 1 });
  const compiled = await compileOnce(name, "", false, () => code);
  const routine = instantiate(compiled.module, memory);
  const floats = new Float32Array(memory.buffer, 0, count);
  const run = () => {
    // Each lane starts at its own index; x and y are 1.
    for (let i = 0; i < count; i++) floats[i] = i < accumulatorFloats ? i : 1;
    routine(ITERATIONS);
  };
  const verify = () => {
    const right = floats.subarray(0, accumulatorFloats).every((value, i) => value === i + ITERATIONS);
    floats.fill(0);
    return right;
  };
  await optimise([[compiled, { run, work: ITERATIONS }]], { settle: level === "wide" });
  floats.fill(0);
  return { name, run, multAdds: ITERATIONS * accumulatorFloats, verify };
}
