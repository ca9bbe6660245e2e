import { constants } from "node:buffer";
import { totalmem } from "node:os";
import { elements, type Model } from "@mobilenet-bench/spec";
import type { Failure } from "../target/failure.ts";

const FLOAT32_BYTES = 4;
const GB = 1e9;

/** What a process can hold at the most. */
export interface Memory {
  /** Of this machine, or less where this process may have less. */
  readonly bytes: number;
  /** Of one typed array. */
  readonly arrayBytes: number;
}

function memoryHere(): Memory {
  // Without a limit this is 0, undefined, or far beyond any memory.
  const limit = process.constrainedMemory() || Infinity;
  return { bytes: Math.min(totalmem(), limit), arrayBytes: constants.MAX_LENGTH };
}

/**
 * Why no process here could hold the model: its weights in float32, and beside them input and output of its largest
 * layer, which every backend has to have at once. Known before weights are generated, which takes minutes for such a
 * model. One that passes may still be too large for what else a backend needs.
 */
export function whyTooLarge(
  { name, params, layers }: Pick<Model, "name" | "params" | "layers">,
  memory: Memory = memoryHere(),
): Failure | undefined {
  const activations = Math.max(...layers.map(({ input, output }) => elements(input) + elements(output)));
  const needed = (params + activations) * FLOAT32_BYTES;
  const largest = Math.max(...layers.map((layer) => Math.max(layer.params, elements(layer.output))));
  const tooLong = largest * FLOAT32_BYTES > memory.arrayBytes;
  if (needed <= memory.bytes && !tooLong) return undefined;
  const room = tooLong
    ? `one array holds ${gigabytes(memory.arrayBytes)}`
    : `there are ${gigabytes(memory.bytes)} here`;
  return {
    status: "oom",
    reason: `${name} is too large for memory: it needs at least ${gigabytes(needed)}, and ${room}.`,
    remedy: "Choose a smaller α or resolution.",
  };
}

function gigabytes(bytes: number): string {
  return `${(bytes / GB).toLocaleString("en", { maximumSignificantDigits: 3, useGrouping: false })} GB`;
}
