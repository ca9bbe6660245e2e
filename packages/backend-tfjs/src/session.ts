import {
  checkInputLength,
  SessionError,
  unknownLayer,
  type Actual,
  type Session,
  type SessionMemory,
} from "@mobilenet-bench/backend";
import { elements, inputLength, type Layer, type Model, type Weights } from "@mobilenet-bench/spec";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { buildNetwork, type LoadedLayer } from "./network.ts";
import { onBackend, type TensorFlow } from "./tensorflow.ts";

/** What a session runs on. */
export interface Engine {
  /** As in cell ids. */
  readonly id: string;
  readonly tf: TensorFlow;
  /** TensorFlow.js's own name of the backend: `cpu`, `wasm`, `tensorflow`. */
  readonly backend: string;
  readonly actual: Actual;
  /** Size of the library's memory, where it has one that it tells. */
  readonly memory?: () => SessionMemory;
}

/**
 * A session on one of the backends that compute on the calling thread: when an operation returns, its result
 * is there. So an inference is one synchronous stretch, in which no other session can change the engine's
 * active backend.
 */
export class TfjsSession implements Session {
  readonly actual: Actual;
  readonly memory?: () => Promise<SessionMemory>;
  readonly #id: string;
  readonly #tf: TensorFlow;
  readonly #backend: string;
  readonly #model: Model;
  readonly #layers: ReadonlyMap<string, LoadedLayer>;
  #disposed = false;

  static async load(engine: Engine, model: Model, weights: Weights): Promise<TfjsSession> {
    const { tf, backend } = engine;
    const layers = await onBackend(tf, backend, () => buildNetwork(tf, model, weights));
    return new TfjsSession(engine, model, layers);
  }

  private constructor(
    { id, tf, backend, actual, memory }: Engine,
    model: Model,
    layers: readonly LoadedLayer[],
  ) {
    this.actual = actual;
    this.#id = id;
    this.#tf = tf;
    this.#backend = backend;
    this.#model = model;
    this.#layers = new Map(layers.map((loaded) => [loaded.layer.name, loaded]));
    if (memory) this.memory = () => this.#run(memory);
  }

  infer(input: Float32Array): Promise<Float32Array> {
    return this.inferBatch(input, 1);
  }

  async inferBatch(input: Float32Array, batch: number): Promise<Float32Array> {
    checkInputLength(input, inputLength(this.#model), batch);
    return this.#run(() => this.#read(this.#tf.tidy(() => this.#chain(this.#imagesOf(input, batch)))));
  }

  async inferLayer(name: string, input: Float32Array): Promise<Float32Array> {
    const loaded = this.#layers.get(name);
    if (!loaded) throw unknownLayer(name, [...this.#layers.keys()]);
    const { layer, apply } = loaded;
    checkInputLength(input, elements(layer.input));
    return this.#run(() =>
      this.#read(this.#tf.tidy(() => apply(this.#tf.tensor4d(input, [1, ...layer.input])))),
    );
  }

  async layerOutputs(input: Float32Array): Promise<ReadonlyMap<string, Float32Array>> {
    checkInputLength(input, inputLength(this.#model));
    return this.#run(() => {
      const outputs = new Map<string, Float32Array>();
      this.#tf.tidy(() => {
        let x = this.#imagesOf(input, 1);
        for (const [name, { apply }] of this.#layers) {
          x = apply(x);
          outputs.set(name, this.#copy(x));
        }
      });
      return outputs;
    });
  }

  async timeLayers(input: Float32Array): Promise<ReadonlyMap<string, number>> {
    checkInputLength(input, inputLength(this.#model));
    const times = new Map<string, number>();
    await this.#run(() => {
      let start = 0;
      const output = this.#tf.tidy(() =>
        this.#chain(this.#imagesOf(input, 1), {
          before: () => (start = performance.now()),
          after: ({ name }) => times.set(name, performance.now() - start),
        }),
      );
      this.#read(output);
    });
    return times;
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const { weights } of this.#layers.values()) for (const tensor of weights) tensor.dispose();
  }

  async #run<T>(compute: () => T): Promise<T> {
    return onBackend(this.#tf, this.#backend, () => {
      if (this.#disposed) throw new SessionError(this.#id);
      return compute();
    });
  }

  #imagesOf(input: Float32Array, batch: number): Tensor4D {
    return this.#tf.tensor4d(input, [batch, ...this.#model.input]);
  }

  /** Frees each activation as soon as it is used, so that the next one finds its memory still in the cache. */
  #chain(images: Tensor4D, watch?: { before(layer: Layer): void; after(layer: Layer): void }): Tensor4D {
    let x = images;
    for (const { layer, apply } of this.#layers.values()) {
      watch?.before(layer);
      const output = apply(x);
      watch?.after(layer);
      x.dispose();
      x = output;
    }
    return x;
  }

  #read(tensor: Tensor4D): Float32Array {
    try {
      return this.#copy(tensor);
    } finally {
      tensor.dispose();
    }
  }

  /**
   * The values, as an array of the caller's own. Operations run on the active backend or throw, so a result
   * that lives there proves where it was computed.
   * @throws Error where it lives elsewhere
   */
  #copy(tensor: Tensor4D): Float32Array {
    if (this.#tf.backend().refCount(tensor.dataId) === 0)
      throw new Error(`[backend-tfjs] the result was not computed on backend "${this.#backend}". Report it.`);
    // The backend "cpu" hands out its own memory, which an average pool of one pixel even shares with its input.
    return tensor.dataSync<"float32">().slice();
  }
}
