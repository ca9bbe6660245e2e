import { Usage, type Device } from "./device.ts";

const STAMP_BYTES = 8;

/** Work between two timestamps. */
export type TimedPass = (pass: GPUComputePassEncoder) => void;

/** Runs each in a pass of its own; its beginning and end in nanoseconds of the device's clock. */
export async function timePasses(
  device: Device,
  passes: readonly TimedPass[],
): Promise<readonly (readonly [begin: bigint, end: bigint])[]> {
  const { gpu } = device;
  const count = 2 * passes.length;
  const querySet = gpu.createQuerySet({ type: "timestamp", count });
  const resolved = device.buffer(count * STAMP_BYTES, Usage.queryResolve | Usage.copySource);
  const staging = device.staging(count * STAMP_BYTES);
  const encoder = gpu.createCommandEncoder();
  for (const [i, encode] of passes.entries()) {
    const pass = encoder.beginComputePass({
      timestampWrites: { querySet, beginningOfPassWriteIndex: 2 * i, endOfPassWriteIndex: 2 * i + 1 },
    });
    encode(pass);
    pass.end();
  }
  encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
  encoder.copyBufferToBuffer(resolved, 0, staging, 0, count * STAMP_BYTES);
  gpu.queue.submit([encoder.finish()]);
  const stamps = new BigInt64Array(await device.read(staging));
  querySet.destroy();
  for (const buffer of [resolved, staging]) device.free(buffer);
  return passes.map((_, i) => [stamps[2 * i]!, stamps[2 * i + 1]!] as const);
}

/** Stamps to learn the step of the clock from. */
const PROBES = 8;

/**
 * The step of the clock in nanoseconds: the greatest common divisor of a few stamps. Browsers round stamps to some
 * 0.1 ms unless told not to, and whether they do can only be seen.
 */
export async function timestampStepNs(device: Device): Promise<number> {
  const stamps = await timePasses(
    device,
    Array.from({ length: PROBES }, () => () => {}),
  );
  return Number(stamps.flat().reduce(greatestCommonDivisor, 0n));
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
