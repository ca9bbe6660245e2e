import {
  checkInputLength,
  layerNamed,
  SessionError,
  type Actual,
  type Session,
  type SessionMemory,
} from "@mobilenet-bench/backend";
import {
  computedLayers,
  elements,
  inputLength,
  type Layer,
  type Model,
  type Weights,
} from "@mobilenet-bench/spec";
import type { InferenceSession } from "onnxruntime-common";
import { exportOnnx, exportOnnxLayer, LOGITS, outputName } from "@mobilenet-bench/model-files/onnx";
import { lastInference, layerTimes } from "./layer-times.ts";
import { run, type Runtime } from "./runtime.ts";

/** Inferences before the one whose layers are timed: the first ones allocate. */
const WARM_UPS = 3;

/** What a session is made of; `main` runs {@link exportOnnx} of the model and is released with the session. */
export interface Parts {
  /** Its id, for messages. */
  readonly backend: string;
  readonly runtime: Runtime;
  readonly model: Model;
  readonly weights: Weights;
  readonly main: InferenceSession;
  readonly actual: Actual;
  /** Whether layers can be timed: not on a GPU without a clock, where nodes return before they are computed. */
  readonly timesLayers?: boolean;
}

/** A model on ONNX Runtime, native or web. */
export class OrtSession implements Session {
  readonly actual: Actual;
  /** From the library's own profile, of a session made for the purpose. */
  readonly timeLayers?: (input: Float32Array) => Promise<ReadonlyMap<string, number>>;
  /** The library's memory, where it is WebAssembly: one for all sessions, which grows and never shrinks. */
  readonly memory?: () => Promise<SessionMemory>;
  readonly #parts: Parts;
  /** Up to the classifier. */
  readonly #layers: readonly Layer[];
  readonly #imageLength: number;
  /** For checks, made when first asked for: the model with every layer's output (""), and single layers. */
  readonly #checks = new Map<string, InferenceSession>();
  #disposed = false;

  constructor(parts: Parts) {
    this.actual = parts.actual;
    this.#parts = parts;
    this.#layers = computedLayers(parts.model);
    this.#imageLength = inputLength(parts.model);
    const memory = parts.runtime.memory?.();
    if (memory)
      this.memory = async () => {
        this.#assertOpen();
        return { wasmBytes: memory.buffer.byteLength };
      };
    if (parts.timesLayers ?? true) this.timeLayers = (input) => this.#timeLayers(input);
  }

  async infer(input: Float32Array): Promise<Float32Array> {
    return this.inferBatch(input, 1);
  }

  async inferBatch(input: Float32Array, batch: number): Promise<Float32Array> {
    this.#assertOpen();
    checkInputLength(input, this.#imageLength, batch);
    const { runtime, main, model } = this.#parts;
    const output = await run(runtime, main, input, [batch, ...model.input], [LOGITS]);
    return output(LOGITS);
  }

  async inferLayer(name: string, input: Float32Array): Promise<Float32Array> {
    this.#assertOpen();
    const layer = layerNamed(this.#layers, name);
    checkInputLength(input, elements(layer.input));
    const { runtime, weights } = this.#parts;
    const session = await this.#check(name, () => exportOnnxLayer(layer, weights));
    const output = await run(runtime, session, input, [1, ...layer.input], [outputName(layer)]);
    return output(outputName(layer));
  }

  async layerOutputs(input: Float32Array): Promise<ReadonlyMap<string, Float32Array>> {
    this.#assertOpen();
    checkInputLength(input, this.#imageLength);
    const { runtime, model, weights } = this.#parts;
    const session = await this.#check("", () => exportOnnx(model, weights, { layerOutputs: true }));
    const names = this.#layers.map(outputName);
    const output = await run(runtime, session, input, [1, ...model.input], names);
    return new Map(this.#layers.map((layer) => [layer.name, output(outputName(layer))]));
  }

  async #timeLayers(input: Float32Array): Promise<ReadonlyMap<string, number>> {
    this.#assertOpen();
    checkInputLength(input, this.#imageLength);
    const { runtime, model, weights } = this.#parts;
    const onnx = exportOnnx(model, weights);
    const { session, nodes, deviceTimes } = await runtime.createProfiled(onnx, async (profiled) => {
      for (let i = 0; i <= WARM_UPS; i++) await run(runtime, profiled, input, [1, ...model.input], [LOGITS]);
    });
    await session.release();
    const last = nodes.slice((nodes.length / (WARM_UPS + 1)) * WARM_UPS);
    return layerTimes(this.#layers, deviceTimes.length > 0 ? lastInference(this.#layers, deviceTimes) : last);
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    const sessions = [this.#parts.main, ...this.#checks.values()];
    this.#checks.clear();
    await Promise.all(sessions.map((session) => session.release()));
  }

  async #check(key: string, onnx: () => Uint8Array): Promise<InferenceSession> {
    const session = this.#checks.get(key) ?? (await this.#parts.runtime.createSession(onnx()));
    this.#checks.set(key, session);
    return session;
  }

  #assertOpen() {
    if (this.#disposed) throw new SessionError(this.#parts.backend);
  }
}
