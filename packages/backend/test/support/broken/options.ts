import { resolveOptions, THREADS } from "../../../src/index.ts";
import { reference, withLoad, withThreads, wrap, type BrokenBackend } from "./broken-backend.ts";

export const options: readonly BrokenBackend[] = [
  {
    fault: "takes options that it does not have",
    make: () => withLoad((model, weights) => reference.load(model, weights)),
    caughtBy: ["refuses options it does not have"],
  },
  {
    fault: "takes the members of every object for options",
    make: () =>
      withLoad((model, weights, options) => {
        const unknown = Object.entries(options).filter(([name]) => !(name in reference.options));
        return reference.load(model, weights, Object.fromEntries(unknown));
      }),
    caughtBy: ["refuses options it does not have"],
  },
  {
    fault: "refuses options with whatever error comes",
    make: () =>
      withLoad((model, weights, options) => {
        if (Object.keys(options).length > 0) throw new TypeError("options is not iterable");
        return reference.load(model, weights);
      }),
    caughtBy: ["refuses options it does not have"],
  },
  {
    fault: "takes values out of range",
    make: () =>
      withThreads((given) => {
        resolveOptions({ id: "broken", options: { threads: THREADS } }, { ...given, threads: 1 });
        return Number(given["threads"] ?? 1);
      }),
    caughtBy: ["refuses values its options do not take"],
  },
  {
    fault: "runs one thread when asked for two",
    make: () =>
      withThreads((given) => {
        resolveOptions({ id: "broken", options: { threads: THREADS } }, given);
        return 1;
      }),
    options: { threads: 2 },
    caughtBy: ["reports the threads and the precision that were asked for"],
  },
  {
    fault: "has a default that it refuses",
    make: () => ({
      ...withThreads((given) => {
        resolveOptions({ id: "broken", options: { threads: THREADS } }, given);
        return Number(given["threads"] ?? 1);
      }),
      options: { threads: { ...THREADS, default: 0 } },
    }),
    options: { threads: 1 },
    caughtBy: ["takes its own defaults"],
  },
  {
    fault: "reports what JSON cannot store",
    make: () => wrap(({ actual }) => ({ actual: { ...actual, clock: NaN } })),
    caughtBy: ["reports the threads and the precision that were asked for"],
  },
];
