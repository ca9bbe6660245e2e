import { wrap, type BrokenBackend } from "./broken-backend.ts";
import { tellingMemory } from "./telling-memory.ts";

const CHECK = "tells memory in whole bytes, at least those of the weights, and never less than before";
const ENOUGH = 2 ** 22;

export const memory: readonly BrokenBackend[] = [
  {
    fault: "tells less memory than its weights take",
    make: () => tellingMemory(() => ({ wasmBytes: 65536 })),
    caughtBy: [CHECK],
  },
  {
    fault: "tells memory in megabytes",
    make: () => tellingMemory(() => ({ gpuBytes: ENOUGH + 0.5 })),
    caughtBy: [CHECK],
  },
  {
    fault: "tells nothing of the memory that it says it has",
    make: () => tellingMemory(() => ({})),
    caughtBy: [CHECK],
  },
  {
    fault: "tells the memory of now in place of the most",
    make: () => tellingMemory((asked) => ({ gpuBytes: ENOUGH - asked })),
    caughtBy: [CHECK],
  },
  {
    fault: "forgets one kind of memory",
    make: () =>
      tellingMemory((asked) => (asked === 0 ? { gpuBytes: ENOUGH, wasmBytes: 1 } : { gpuBytes: ENOUGH })),
    caughtBy: [CHECK],
  },
  {
    fault: "tells the memory of a session that is disposed",
    make: () => wrap(() => ({ memory: () => Promise.resolve({ wasmBytes: ENOUGH }) })),
    caughtBy: ["disposes twice, and computes no more"],
  },
];
