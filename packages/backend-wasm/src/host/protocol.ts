import { InputError, UnsupportedError, type Actual } from "@mobilenet-bench/backend";
import type { Model, Weights } from "@mobilenet-bench/spec";
import type { Settings } from "../load.ts";

/** What a page asks of the worker that holds its session; each call brings a port for its answer. */
export type Call =
  | { readonly method: "load"; readonly model: Model; readonly weights: Weights; readonly settings: Settings }
  | { readonly method: "inferBatch"; readonly input: Float32Array; readonly batch: number }
  | { readonly method: "inferLayer"; readonly name: string; readonly input: Float32Array }
  | { readonly method: "layerOutputs"; readonly input: Float32Array }
  | { readonly method: "timeLayers"; readonly input: Float32Array }
  | { readonly method: "dispose" };

/** What comes back, by method. */
export interface Results {
  load: Actual;
  inferBatch: Float32Array;
  inferLayer: Float32Array;
  layerOutputs: ReadonlyMap<string, Float32Array>;
  timeLayers: ReadonlyMap<string, number>;
  dispose: undefined;
}

export type Answer<Method extends keyof Results> =
  { readonly ok: true; readonly result: Results[Method] } | { readonly ok: false; readonly failure: Failure };

/** An error on its way: classes do not survive a message. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly reason?: string;
  readonly remedy?: string;
}

export function toFailure(error: unknown): Failure {
  if (error instanceof UnsupportedError) {
    const { name, message, reason, remedy } = error;
    return { name, message, reason, remedy };
  }
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: "Error", message: String(error) };
}

export function fromFailure({ name, message, reason, remedy }: Failure): Error {
  if (reason !== undefined && remedy !== undefined)
    return new UnsupportedError("backend-wasm", reason, remedy);
  return name === "InputError" ? new InputError(message) : new Error(message);
}
