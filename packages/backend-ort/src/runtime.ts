import type { InferenceSession, TensorConstructor } from "onnxruntime-common";
import { INPUT } from "@mobilenet-bench/model-files/onnx";
import type { NodeRun, NodeTime } from "./profile.ts";

/** What the native and the web library have in common, the options of a session settled. */
export interface Runtime {
  readonly Tensor: TensorConstructor;
  /** A session over the bytes of an `.onnx` file. */
  createSession(onnx: Uint8Array): Promise<InferenceSession>;
  /**
   * A session that is profiled while `use` has it, and afterwards runs as one that never was. Released where
   * `use` fails.
   */
  createProfiled(onnx: Uint8Array, use: Use): Promise<Profiled>;
  /** What it computes in, where it is WebAssembly: known since its first session. */
  memory?(): WebAssembly.Memory | undefined;
}

export type Use = (session: InferenceSession) => Promise<unknown>;

export interface Profiled {
  readonly session: InferenceSession;
  /** What ran, in order. */
  readonly nodes: readonly NodeRun[];
  /** What a GPU ran, by its own clock; where nothing did, or it has none, nothing. */
  readonly deviceTimes: readonly NodeTime[];
}

/**
 * Runs one input through a session of {@link exportOnnx} or its kin.
 * @param input read in place, of shape `dimensions`
 * @param names the outputs to compute
 * @returns those outputs by name, in arrays of the caller's own
 */
export async function run(
  { Tensor }: Pick<Runtime, "Tensor">,
  session: InferenceSession,
  input: Float32Array,
  dimensions: readonly number[],
  names: readonly string[],
): Promise<(name: string) => Float32Array> {
  const outputs = await session.run({ [INPUT]: new Tensor("float32", input, dimensions) }, names);
  return (name) => {
    const data = outputs[name]?.data;
    if (data instanceof Float32Array) return data;
    throw new Error(`[backend-ort] ONNX Runtime returned no float32 tensor "${name}". Please report it.`);
  };
}
