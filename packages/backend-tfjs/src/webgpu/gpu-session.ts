import {
  checkInputLength,
  SessionError,
  unknownLayer,
  type Actual,
  type Session,
  type SessionMemory,
} from "@mobilenet-bench/backend";
import { elements, inputLength, type Model, type Weights } from "@mobilenet-bench/spec";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { buildNetwork, type LoadedLayer } from "../network.ts";
import { onBackend, type TensorFlow } from "../tensorflow.ts";

/** TensorFlow.js's own name of the backend. */
export const ENGINE = "webgpu";

/** What a session runs on. */
export interface GpuEngine {
  /** As in cell ids. */
  readonly id: string;
  readonly tf: TensorFlow;
  readonly gpu: WebGPUBackend;
  readonly actual: Actual;
}

/**
 * A session on the GPU: operations are queued in one synchronous stretch and tensors read afterwards. Reading is
 * the business of the backend that holds the tensor, but a session keeps its turn until it has read.
 */
export class GpuSession implements Session {
  readonly actual: Actual;
  /** By the device's own clock, where it has one. Each operation becomes a pass of its own. */
  readonly timeLayers?: (input: Float32Array) => Promise<ReadonlyMap<string, number>>;
  readonly #engine: GpuEngine;
  readonly #model: Model;
  readonly #layers: ReadonlyMap<string, LoadedLayer>;
  #disposed = false;

  /** @throws Error where a layer was not computed on the GPU: every one of a first inference is looked at */
  static async load(engine: GpuEngine, model: Model, weights: Weights): Promise<GpuSession> {
    const layers = await onBackend(engine.tf, ENGINE, () => buildNetwork(engine.tf, model, weights));
    const session = new GpuSession(engine, model, layers);
    try {
      await session.layerOutputs(new Float32Array(inputLength(model)));
    } catch (error) {
      await session.dispose();
      throw error;
    }
    return session;
  }

  private constructor(engine: GpuEngine, model: Model, layers: readonly LoadedLayer[]) {
    this.actual = engine.actual;
    this.#engine = engine;
    this.#model = model;
    this.#layers = new Map(layers.map((loaded) => [loaded.layer.name, loaded]));
    if (engine.gpu.device.features.has("timestamp-query"))
      this.timeLayers = (input) => this.#timeLayers(input);
  }

  infer(input: Float32Array): Promise<Float32Array> {
    return this.inferBatch(input, 1);
  }

  async inferBatch(input: Float32Array, batch: number): Promise<Float32Array> {
    checkInputLength(input, inputLength(this.#model), batch);
    const { tf } = this.#engine;
    return this.#run(() => {
      const logits = tf.tidy(() => {
        let x = this.#imagesOf(input, batch);
        for (const { apply } of this.#layers.values()) {
          const output = apply(x);
          // At once, so that its memory serves a later layer of the same inference.
          x.dispose();
          x = output;
        }
        return x;
      });
      return this.#read(logits);
    });
  }

  async inferLayer(name: string, input: Float32Array): Promise<Float32Array> {
    const loaded = this.#layers.get(name);
    if (!loaded) throw unknownLayer(name, [...this.#layers.keys()]);
    const { layer, apply } = loaded;
    checkInputLength(input, elements(layer.input));
    const { tf } = this.#engine;
    // Averaging one pixel is no operation: the library hands out its input.
    const computes = layer.type !== "pool" || layer.kernel > 1;
    return this.#run(() => {
      const output = tf.tidy(() => apply(tf.tensor4d(input, [1, ...layer.input])));
      return this.#read(output, computes);
    });
  }

  async layerOutputs(input: Float32Array): Promise<ReadonlyMap<string, Float32Array>> {
    checkInputLength(input, inputLength(this.#model));
    const { tf } = this.#engine;
    return this.#run(async () => {
      const tensors = tf.tidy(() => {
        let x = this.#imagesOf(input, 1);
        return [...this.#layers.values()].map(({ apply }) => (x = apply(x)));
      });
      const names = [...this.#layers.keys()];
      const outputs = await Promise.all(tensors.map((tensor) => this.#read(tensor)));
      return new Map(outputs.map((output, i) => [names[i] ?? "", output]));
    });
  }

  async #timeLayers(input: Float32Array): Promise<ReadonlyMap<string, number>> {
    checkInputLength(input, inputLength(this.#model));
    const { gpu } = this.#engine;
    return this.#run(async () => {
      const times = new Map<string, number>();
      let x = this.#imagesOf(input, 1);
      for (const [name, { apply }] of this.#layers) {
        let output = x;
        const { kernelMs } = await gpu.time(() => (output = apply(x)));
        times.set(name, typeof kernelMs === "number" ? kernelMs : NaN);
        x.dispose();
        x = output;
      }
      x.dispose();
      return times;
    });
  }

  /** The library's pool of buffers, those that wait for their next use included: it gives none back. */
  async memory(): Promise<SessionMemory> {
    return this.#run(async () => ({ gpuBytes: this.#engine.gpu.memory().numBytesAllocatedInGPU }));
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const { weights } of this.#layers.values()) for (const tensor of weights) tensor.dispose();
  }

  async #run<T>(compute: () => Promise<T>): Promise<T> {
    return onBackend(this.#engine.tf, ENGINE, () => {
      if (this.#disposed) throw new SessionError(this.#engine.id);
      return compute();
    });
  }

  #imagesOf(input: Float32Array, batch: number): Tensor4D {
    return this.#engine.tf.tensor4d(input, [batch, ...this.#model.input]);
  }

  /**
   * The values, as an array of the caller's own; the tensor is freed.
   * @throws Error where it is not in the GPU's memory, thus was computed elsewhere
   */
  async #read(tensor: Tensor4D, isComputed = true): Promise<Float32Array> {
    try {
      if (isComputed) this.#requireOnGpu(tensor);
      return (await tensor.data<"float32">()).slice();
    } finally {
      tensor.dispose();
    }
  }

  #requireOnGpu({ dataId }: Tensor4D) {
    const { gpu, id } = this.#engine;
    const held = gpu.refCount(dataId) > 0 ? gpu.tensorMap.get(dataId) : undefined;
    if (held?.resource && !held.values) return;
    throw new Error(`[backend-tfjs] a result of ${id} was not computed on the GPU. Report it.`);
  }
}
