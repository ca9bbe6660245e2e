import { median } from "simple-statistics";

const INFERENCES = 8;

/**
 * Measures a block of inferences whenever the parent process asks, and sends the median in milliseconds;
 * without a parent, prints that of one block.
 */
export async function serveBlocks(infer: (input: Float32Array) => Promise<unknown>, resolution: number) {
  const input = Float32Array.from({ length: resolution * resolution * 3 }, (_, i) => Math.sin(i));
  const block = async () => {
    const times: number[] = [];
    for (let i = 0; i < INFERENCES; i++) {
      const start = performance.now();
      await infer(input);
      times.push(performance.now() - start);
    }
    return median(times);
  };
  await block(); // Warm-up.
  if (!process.send) {
    process.stdout.write(`${(await block()).toFixed(2)} ms\n`);
    return;
  }
  process.on("message", async () => process.send?.(await block()));
  process.send("ready");
}
