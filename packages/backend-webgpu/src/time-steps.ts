import { Usage, type Device } from "./device.ts";
import { encodeStep, type Step } from "./program.ts";

const TIMESTAMP_BYTES = 8;
const NANOSECONDS_PER_MS = 1e6;

/**
 * Milliseconds of device time per dispatch, by the names of its layers: one pass each, between two timestamps. Two
 * dispatches of one group have names of their own.
 */
export async function timeSteps(
  device: Device,
  steps: readonly Step[],
): Promise<ReadonlyMap<string, number>> {
  const { gpu } = device;
  const count = 2 * steps.length;
  const querySet = gpu.createQuerySet({ type: "timestamp", count });
  const resolved = gpu.createBuffer({
    size: count * TIMESTAMP_BYTES,
    usage: Usage.queryResolve | Usage.copySource,
  });
  const staging = device.staging(count * TIMESTAMP_BYTES);
  const encoder = gpu.createCommandEncoder();
  for (const [i, step] of steps.entries()) {
    const pass = encoder.beginComputePass({
      timestampWrites: { querySet, beginningOfPassWriteIndex: 2 * i, endOfPassWriteIndex: 2 * i + 1 },
    });
    encodeStep(pass, step);
    pass.end();
  }
  encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
  encoder.copyBufferToBuffer(resolved, 0, staging, 0, count * TIMESTAMP_BYTES);
  gpu.queue.submit([encoder.finish()]);
  const stamps = new BigInt64Array(await device.read(staging));
  for (const resource of [querySet, resolved, staging]) resource.destroy();
  return new Map(
    steps.map(({ dispatch }, i) => {
      const name = dispatch.layers.map(({ name }) => name).join("+");
      const duration = Number(stamps[2 * i + 1]! - stamps[2 * i]!);
      // A clock that is set back between two stamps would make it negative.
      return [name, Math.max(0, duration) / NANOSECONDS_PER_MS];
    }),
  );
}
