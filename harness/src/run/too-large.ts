import { constants } from "node:buffer";
import { totalmem } from "node:os";
import { elements, type Model } from "@mobilenet-bench/spec";
import type { PlannedCell } from "../plan/cell.ts";
import { BACKENDS, isBackendId } from "../registry/backends.ts";
import type { Failure } from "../target/failure.ts";

const FLOAT32_BYTES = 4;
const GB = 1e9;
/** 65,536 pages of 64 KiB: all that 32 bits address. */
const WASM_BYTES = 2 ** 32;

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

type Sizes = Pick<Model, "name" | "params" | "layers">;

/**
 * Why no process here could hold the model: its weights in float32, and beside them input and output of its largest
 * layer, which every backend has to have at once. Known before weights are generated, which takes minutes for such a
 * model. One that passes may still be too large for what else a backend needs.
 */
export function whyTooLarge(model: Sizes, memory: Memory = memoryHere()): Failure | undefined {
  const { layers } = model;
  const largest = Math.max(...layers.map((layer) => Math.max(layer.params, elements(layer.output))));
  if (largest * FLOAT32_BYTES > memory.arrayBytes)
    return tooLarge(model, `one array holds ${gigabytes(memory.arrayBytes)}`);
  if (bytesOf(model) > memory.bytes) return tooLarge(model, `there are ${gigabytes(memory.bytes)} here`);
  return undefined;
}

/** The same for a cell, whose backend may have to hold all of it in one memory of WebAssembly. */
export function whyCellTooLarge(
  { network, backend }: Pick<PlannedCell, "backend"> & { readonly network: Sizes },
  memory: Memory = memoryHere(),
): Failure | undefined {
  const failure = whyTooLarge(network, memory);
  const inWasm = isBackendId(backend) && BACKENDS[backend].inWasm;
  if (failure || !inWasm || bytesOf(network) <= WASM_BYTES) return failure;
  return tooLarge(
    network,
    `one memory of WebAssembly holds ${gigabytes(WASM_BYTES)}`,
    ", or a backend that is none of WebAssembly",
  );
}

function bytesOf({ params, layers }: Sizes): number {
  const activations = Math.max(...layers.map(({ input, output }) => elements(input) + elements(output)));
  return (params + activations) * FLOAT32_BYTES;
}

function tooLarge(model: Sizes, room: string, otherwise = ""): Failure {
  return {
    status: "oom",
    reason: `${model.name} is too large for memory: it needs at least ${gigabytes(bytesOf(model))}, and ${room}.`,
    remedy: `Choose a smaller α or resolution${otherwise}.`,
  };
}

function gigabytes(bytes: number): string {
  return `${(bytes / GB).toLocaleString("en", { maximumSignificantDigits: 3, useGrouping: false })} GB`;
}
