import { buffers } from "./buffers.ts";
import { layers } from "./layers.ts";
import { lifecycle } from "./lifecycle.ts";
import { memory } from "./memory.ts";
import { options } from "./options.ts";
import { outputs } from "./outputs.ts";
import type { BrokenBackend } from "./broken-backend.ts";

export const BROKEN_BACKENDS: readonly BrokenBackend[] = [
  ...outputs,
  ...buffers,
  ...options,
  ...lifecycle,
  ...layers,
  ...memory,
];
