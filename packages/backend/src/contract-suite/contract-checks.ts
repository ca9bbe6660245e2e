import { buffers } from "./checks/buffers.ts";
import { layers } from "./checks/layers.ts";
import { lifecycle } from "./checks/lifecycle.ts";
import { memory } from "./checks/memory.ts";
import { options } from "./checks/options.ts";
import { outputs } from "./checks/outputs.ts";
import type { ContractCheck } from "./contract-check.ts";
import { randomModels, type RandomModels } from "./random-models.ts";

/** Everything a backend promises. */
export function contractChecks(random: RandomModels): readonly ContractCheck[] {
  return [...lifecycle, ...options, ...outputs, ...buffers, ...layers, ...memory, randomModels(random)];
}
