import { compileOnce } from "../engine/compile.ts";
import { optimise } from "../engine/optimise.ts";
import { READ_STEP, readCode } from "../kernels/read.ts";
import { instantiate } from "../run/routine.ts";

/** Reads of an array and as little else as can be: how fast one thread gets at bytes. */
export interface ReadKernel {
  readonly name: string;
  /** Reads all of the array once. Time this. */
  readonly run: () => void;
  /** Of the array. */
  readonly bytes: number;
  /** Whether the last run since it was last asked read every byte; false where there was none. */
  readonly verify: () => boolean;
}

const PAGE = 65_536;
/** Enough for the engine to see that it is hot, and soon read. */
const WARM_BYTES = 2 * PAGE;

/**
 * Already compiled by the engine's optimising compiler.
 * @param bytes of the array, a multiple of 65536, at least twice that
 * @throws RangeError where there is no room for it
 */
export async function createReadKernel(bytes: number): Promise<ReadKernel> {
  const memory = new WebAssembly.Memory({ initial: 1 + bytes / PAGE });
  const compiled = await compileOnce("read-i32x4", "", false, readCode);
  const routine = instantiate(compiled.module, memory);
  new Int32Array(memory.buffer, PAGE).fill(1);
  const sums = new Int32Array(memory.buffer, 0, READ_STEP / Int32Array.BYTES_PER_ELEMENT);
  const run = () => void routine(PAGE, PAGE + bytes);
  const verify = () => {
    const right = sums.every((sum) => sum === bytes / READ_STEP);
    sums.fill(0);
    return right;
  };
  await optimise([[compiled, { run: () => void routine(PAGE, PAGE + WARM_BYTES), work: WARM_BYTES }]]);
  sums.fill(0);
  return { name: `read-i32x4-${bytes}`, run, bytes, verify };
}
