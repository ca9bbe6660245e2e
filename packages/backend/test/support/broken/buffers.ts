import { reference, withLoad, wrap, type BrokenBackend } from "./broken-backend.ts";

export const buffers: readonly BrokenBackend[] = [
  {
    fault: "returns one output buffer again and again",
    make: () =>
      wrap((session, { classes }) => {
        const output = new Float32Array(classes);
        return {
          infer: async (input) => {
            output.set(await session.infer(input));
            return output;
          },
        };
      }),
    caughtBy: ["returns arrays of the caller's own"],
  },
  {
    fault: "uses the input as scratch",
    make: () =>
      wrap((session) => ({
        infer: async (input) => {
          const logits = await session.infer(input);
          input.fill(0);
          return logits;
        },
      })),
    caughtBy: ["leaves the input as it was"],
  },
  {
    fault: "remembers answers by the array",
    make: () =>
      wrap((session) => {
        const answers = new WeakMap<Float32Array, Float32Array>();
        return {
          infer: async (input) => {
            const answer = answers.get(input) ?? (await session.infer(input));
            answers.set(input, answer);
            return answer.slice();
          },
        };
      }),
    caughtBy: ["sees what an array holds now, not what it held before"],
  },
  {
    fault: "reads the buffer from its start",
    make: () =>
      wrap((session) => ({
        infer: (input) => session.infer(new Float32Array(input.buffer, 0, input.length)),
      })),
    caughtBy: ["takes an input in the middle of a larger buffer"],
  },
  {
    fault: "changes a weight by its last bit",
    make: () =>
      withLoad(async (model, weights, options) => {
        const session = await reference.load(model, weights, options);
        const beta = weights.tensors.get("Conv2d_0/beta")!.data;
        beta[0] = beta[0]! * (1 + 2 ** -23);
        return session;
      }),
    caughtBy: ["leaves the weights as they were"],
  },
  {
    fault: "keeps NaN in memory",
    make: () =>
      wrap((session) => {
        let poisoned = false;
        return {
          infer: async (input) => {
            poisoned ||= input.some(Number.isNaN);
            const logits = await session.infer(input);
            return poisoned ? logits.fill(NaN) : logits;
          },
        };
      }),
    caughtBy: ["is not poisoned by NaN and infinity"],
  },
  {
    fault: "takes inputs of any length",
    make: () =>
      wrap((session, { resolution }) => ({
        infer: (input) => {
          const fitted = new Float32Array(resolution * resolution * 3);
          fitted.set(input.subarray(0, fitted.length));
          return session.infer(fitted);
        },
      })),
    caughtBy: ["refuses inputs of a wrong length"],
  },
  {
    fault: "refuses inputs of a wrong length with whatever error comes",
    make: () =>
      wrap((session, { resolution }) => ({
        infer: async (input) => {
          if (input.length !== resolution * resolution * 3) throw new RangeError("offset is out of bounds");
          return session.infer(input);
        },
      })),
    caughtBy: ["refuses inputs of a wrong length"],
  },
];
