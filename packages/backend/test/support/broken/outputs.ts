import { withLayers, wrap, type BrokenBackend } from "./broken-backend.ts";

const SHAPES = [
  "computes α 0.35 at 33 with 7 classes within bounds",
  "computes α 0.1 at 61 with 10 classes within bounds",
  "computes α 1.4 at 32 shallow with 5 classes within bounds",
];
const LAYERS = [
  "computes every layer of α 0.25 at 33 within bounds",
  "computes every layer of α 0.35 at 40 within bounds",
];

export const outputs: readonly BrokenBackend[] = [
  {
    fault: "swaps two classes",
    make: () =>
      wrap((session) => ({
        infer: async (input) => {
          const [first = 0, second = first, ...rest] = await session.infer(input);
          return rest.length > 0 ? Float32Array.of(second, first, ...rest) : session.infer(input);
        },
      })),
    caughtBy: SHAPES,
    everywhere: true,
  },
  {
    fault: "pads on the wrong side",
    make: () =>
      withLayers((layer) => {
        const { top, bottom, left, right } = layer.padding;
        return { ...layer, padding: { top: bottom, bottom: top, left: right, right: left } };
      }),
    // At 33 pixels every plane is odd, and then both sides are padded alike.
    caughtBy: [SHAPES[2]!, LAYERS[1]!],
    everywhere: true,
  },
  {
    fault: "leaves out the activation of one layer",
    make: () =>
      withLayers((layer) => (layer.name === "Conv2d_2_pointwise" ? { ...layer, activation: "none" } : layer)),
    caughtBy: [...SHAPES, ...LAYERS],
    everywhere: true,
  },
  {
    fault: "returns the logits of the inference before",
    make: () =>
      wrap((session, { classes }) => {
        let last = new Float32Array(classes);
        return {
          infer: async (input) => {
            const before = last;
            last = Float32Array.from(await session.infer(input));
            return before;
          },
        };
      }),
    caughtBy: SHAPES,
    everywhere: true,
  },
  {
    fault: "differs from time to time in the last bits",
    make: () =>
      wrap((session) => {
        let inferences = 0;
        return {
          infer: async (input) => {
            const scale = 1 + inferences++ * 2 ** -23;
            return (await session.infer(input)).map((logit) => logit * scale);
          },
        };
      }),
    caughtBy: ["repeats an inference to the last bit"],
  },
  {
    fault: "reverses batches",
    make: () =>
      wrap((session, { classes }) => ({
        inferBatch: async (input, batch) => {
          const logits = await session.inferBatch!(input, batch);
          return logits.map(
            (_, i) => logits[(batch - 1 - Math.floor(i / classes)) * classes + (i % classes)]!,
          );
        },
      })),
    caughtBy: ["computes batches as single images, in their order"],
  },
  {
    fault: "takes batches that do not fit",
    make: () =>
      wrap((session, { input: [height, width, channels] }) => ({
        inferBatch: (input) => session.inferBatch!(input, input.length / (height * width * channels)),
      })),
    caughtBy: ["refuses batches that do not fit their input"],
  },
  {
    fault: "refuses batches that do not fit with whatever error comes",
    make: () =>
      wrap((session, { input: [height, width, channels] }) => ({
        inferBatch: async (input, batch) => {
          if (input.length !== batch * height * width * channels)
            throw new RangeError("invalid array length");
          return session.inferBatch!(input, batch);
        },
      })),
    caughtBy: ["refuses batches that do not fit their input"],
  },
];
