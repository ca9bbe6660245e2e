import { wrap, type BrokenBackend } from "./broken-backend.ts";

const LAYERS = [
  "computes every layer of α 0.25 at 33 within bounds",
  "computes every layer of α 0.35 at 40 within bounds",
];

export const layers: readonly BrokenBackend[] = [
  {
    fault: "computes one single layer wrongly",
    make: () =>
      wrap((session) => ({
        inferLayer: async (name, input) => {
          const output = await session.inferLayer!(name, input);
          if (name === "AvgPool") output[1]! += 1e-3;
          return output;
        },
      })),
    caughtBy: [...LAYERS, "computes every layer of α 0.1 at 35 conv within bounds"],
  },
  {
    fault: "shows the outputs of layers in the wrong order",
    make: () =>
      wrap((session) => ({
        layerOutputs: async (input) => new Map([...(await session.layerOutputs!(input))].toReversed()),
      })),
    caughtBy: ["gives the outputs of all layers in order"],
  },
  {
    fault: "takes any layer name",
    make: () =>
      wrap((session) => ({
        inferLayer: async (name, input) =>
          name === "Conv2d_99" ? input.slice() : session.inferLayer!(name, input),
      })),
    caughtBy: ["refuses single layers that do not exist or do not fit"],
  },
  {
    fault: "knows no layer of that name with whatever error comes",
    make: () =>
      wrap((session) => ({
        inferLayer: async (name, input) => {
          if (name === "Conv2d_99") throw new Error(`no ${name}`);
          return session.inferLayer!(name, input);
        },
      })),
    caughtBy: ["refuses single layers that do not exist or do not fit"],
  },
  {
    fault: "shows the layers of inputs of any length",
    make: () =>
      wrap((session, { resolution }) => ({
        layerOutputs: (input) =>
          session.layerOutputs!(input.length === 1 ? new Float32Array(resolution * resolution * 3) : input),
      })),
    caughtBy: ["gives the outputs of all layers in order"],
  },
  {
    fault: "times inputs of any length",
    make: () =>
      wrap((session, { resolution }) => ({
        timeLayers: (input) =>
          session.timeLayers!(input.length === 1 ? new Float32Array(resolution * resolution * 3) : input),
      })),
    caughtBy: ["times all layers in order"],
  },
  {
    fault: "times all layers but one",
    make: () =>
      wrap((session) => ({
        timeLayers: async (input) => new Map([...(await session.timeLayers!(input))].slice(1)),
      })),
    caughtBy: ["times all layers in order"],
  },
];
