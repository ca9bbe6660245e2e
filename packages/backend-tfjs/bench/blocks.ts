import { syntheticImage } from "@mobilenet-bench/spec";
import { median } from "simple-statistics";

const INFERENCES = 8;
/** A block of a slow backend has fewer inferences, but at least two. */
const BLOCK_MS = 1000;

/**
 * Measures a block of inferences whenever the parent process asks, and sends the median in milliseconds;
 * without a parent, prints that of one block.
 */
export async function serveBlocks(infer: (input: Float32Array) => unknown, resolution: number) {
  const input = syntheticImage(resolution);
  const block = async () => {
    const times: number[] = [];
    const end = performance.now() + BLOCK_MS;
    while (times.length < 2 || (times.length < INFERENCES && performance.now() < end)) {
      const start = performance.now();
      await infer(input);
      times.push(performance.now() - start);
    }
    return median(times);
  };
  await block(); // Warm-up.
  await block();
  if (!process.send) {
    process.stdout.write(`${(await block()).toFixed(2)} ms\n`);
    return;
  }
  process.on("message", async () => process.send?.(await block()));
  process.send("ready");
}
