import { Bench } from "tinybench";

/**
 * Times a number of inferences one by one.
 * @returns milliseconds of each, ascending
 */
export async function timeBlock(infer: () => Promise<unknown>, inferences: number): Promise<number[]> {
  const bench = new Bench({
    iterations: inferences,
    time: 0,
    warmup: false,
    throws: true,
    retainSamples: true,
  });
  // Said to be asynchronous, so that it is not called once more just to find out.
  bench.add("infer", infer, { async: true });
  const [task] = await bench.run();
  const result = task?.result;
  if (result?.state !== "completed" || !result.latency.samples)
    throw new Error(
      `[harness] tinybench ended as ${result?.state ?? "nothing"}. This is a bug; please report it.`,
    );
  return [...result.latency.samples];
}
