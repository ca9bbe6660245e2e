import type { Weights } from "@mobilenet-bench/spec";
import { members, reference, withLoad, wrap, type BrokenBackend } from "./broken-backend.ts";

export const lifecycle: readonly BrokenBackend[] = [
  {
    fault: "shares weights between sessions",
    make: () => {
      let latest: Weights | undefined;
      return withLoad(async (model, weights, options) => {
        latest = weights;
        const session = await reference.load(model, weights, options);
        return {
          ...members(session),
          infer: async (input) => {
            if (latest === weights || model.classes !== 7) return session.infer(input);
            const mixed = await reference.load(model, latest ?? weights);
            return mixed.infer(input);
          },
        };
      });
    },
    caughtBy: ["keeps sessions apart"],
  },
  {
    fault: "infers after dispose",
    make: () => wrap(() => ({ dispose: () => Promise.resolve() })),
    caughtBy: ["disposes twice, and computes no more"],
  },
  {
    fault: "computes layers after dispose",
    make: () =>
      withLoad(async (model, weights, options) => {
        const session = await reference.load(model, weights, options);
        const other = await reference.load(model, weights, options);
        return { ...members(session), inferLayer: (name, input) => other.inferLayer!(name, input) };
      }),
    caughtBy: ["disposes twice, and computes no more"],
  },
  {
    fault: "refuses an inference after dispose with whatever error comes",
    make: () =>
      wrap((session) => {
        let memory: Float32Array | undefined = new Float32Array();
        return {
          infer: async (input) => {
            if (!memory) throw new TypeError("Cannot read properties of undefined (reading 'set')");
            return session.infer(input);
          },
          dispose: async () => {
            memory = undefined;
            await session.dispose();
          },
        };
      }),
    caughtBy: ["disposes twice, and computes no more"],
  },
  {
    fault: "fails to dispose twice",
    make: () =>
      wrap((session) => {
        let disposed = false;
        return {
          dispose: async () => {
            if (disposed) throw new Error("double free");
            disposed = true;
            await session.dispose();
          },
        };
      }),
    caughtBy: ["disposes twice, and computes no more"],
  },
  {
    fault: "fails to dispose what never inferred",
    make: () =>
      wrap((session) => {
        let inferred = false;
        return {
          infer: (input) => {
            inferred = true;
            return session.infer(input);
          },
          layerOutputs: (input) => {
            inferred = true;
            return session.layerOutputs!(input);
          },
          inferBatch: (input, batch) => {
            inferred = true;
            return session.inferBatch!(input, batch);
          },
          dispose: async () => {
            if (!inferred) throw new Error("null pointer");
            await session.dispose();
          },
        };
      }),
    caughtBy: ["disposes a session that never inferred"],
    everywhere: true,
  },
  {
    fault: "loads once only",
    make: () => {
      let disposed = false;
      return withLoad(async (model, weights, options) => {
        if (disposed) throw new Error("runtime is gone");
        const session = members(await reference.load(model, weights, options));
        return {
          ...session,
          dispose: async () => {
            disposed = true;
            await session.dispose();
          },
        };
      });
    },
    caughtBy: ["loads again after dispose", "computes 2 random models within bounds (seed 1)"],
  },
  {
    fault: "throws when asked whether it can run",
    make: () => ({ ...wrap(() => ({})), availability: () => Promise.reject(new Error("no adapter")) }),
    caughtBy: ["says whether it can run here, without throwing"],
  },
  {
    fault: "is unavailable without a remedy",
    make: () => ({
      ...wrap(() => ({})),
      availability: () => Promise.resolve({ available: false, reason: "There is no GPU.", remedy: "" }),
    }),
    caughtBy: ["says whether it can run here, without throwing"],
  },
  {
    fault: "prepares once only",
    make: () => {
      let prepared = false;
      return {
        ...wrap(() => ({})),
        prepare: async () => {
          if (prepared) throw new Error("already registered");
          prepared = true;
        },
      };
    },
    caughtBy: ["prepares as often as asked"],
  },
];
