import { Bench } from "tinybench";

/** An inference under the clock: what comes before and after it is not timed. */
export interface TimedTask {
  readonly before?: () => void;
  readonly infer: () => Promise<unknown>;
  readonly after?: () => void;
}

/**
 * Times a number of inferences one by one.
 * @returns milliseconds of each, ascending
 */
export async function timeBlock({ before, infer, after }: TimedTask, inferences: number): Promise<number[]> {
  const bench = new Bench({
    iterations: inferences,
    time: 0,
    warmup: false,
    throws: true,
    retainSamples: true,
  });
  // tinybench takes a time from what is returned where it looks like one: nothing that a backend returns gets there.
  const task = async () => {
    await infer();
  };
  bench.add("infer", task, {
    // Said to be asynchronous, so that it is not called once more just to find out.
    async: true,
    ...(before && { beforeEach: before }),
    ...(after && { afterEach: after }),
  });
  const [done] = await bench.run();
  const result = done?.result;
  if (result?.state !== "completed" || !result.latency.samples)
    throw new Error(
      `[runner] tinybench ended as ${result?.state ?? "nothing"}. This is a bug; please report it.`,
    );
  return [...result.latency.samples];
}
