import {
  checkInputLength,
  layerNamed,
  layersFor,
  SessionError,
  type Actual,
  type Session,
  type SessionMemory,
} from "@mobilenet-bench/backend";
import { elements, type Model } from "@mobilenet-bench/spec";
import { COMPUTES, type WebGpuLayer } from "./computes.ts";
import type { Device } from "./device.ts";
import type { Storage } from "./kernels/kernel.ts";
import { layerKernel } from "./kernels/ops.ts";
import { singleTiles, type TileSet } from "./kernels/table.ts";
import type { LayerWeights } from "./layer-weights.ts";
import type { Memory } from "./memory.ts";
import { groupName } from "./plan.ts";
import { bindStep, encodeStep, type Step } from "./program.ts";
import { timePasses } from "./timestamps.ts";

const NANOSECONDS_PER_MS = 1e6;

/** What a session is made of. */
export interface Loaded {
  readonly device: Device;
  readonly model: Model;
  readonly storage: Storage;
  readonly tiles: TileSet;
  readonly weights: LayerWeights;
  readonly memory: Memory;
  readonly steps: readonly Step[];
}

/** A model on a device. Calls queue up, so that none disturbs another's buffers. */
export class WebGpuSession implements Session {
  readonly actual: Actual;
  /** Device time, where the adapter can tell. */
  readonly timeLayers?: (input: Float32Array) => Promise<ReadonlyMap<string, number>>;
  #loaded: Loaded | undefined;
  #last: Promise<unknown> = Promise.resolve();
  readonly #layers: readonly WebGpuLayer[];
  readonly #classes: number;
  readonly #imageLength: number;
  /** Of one image's logits. */
  readonly #staging: GPUBuffer;

  constructor(loaded: Loaded, actual: Actual) {
    this.#loaded = loaded;
    this.actual = actual;
    const { device, model } = loaded;
    this.#layers = layersFor("webgpu", model, COMPUTES);
    this.#classes = model.classes;
    this.#imageLength = elements(model.input);
    this.#staging = device.staging(this.#logitsBytes());
    if (device.has("timestamp-query"))
      this.timeLayers = (input) =>
        this.#queue(({ device, memory, steps }) => {
          checkInputLength(input, this.#imageLength);
          memory.writeImage(input);
          return timeSteps(device, steps);
        });
  }

  infer(input: Float32Array): Promise<Float32Array> {
    return this.inferBatch(input, 1);
  }

  /** One submit per image, one wait for all of them: the device goes from image to image by itself. */
  inferBatch(input: Float32Array, batch: number): Promise<Float32Array> {
    return this.#queue(async (loaded) => {
      checkInputLength(input, this.#imageLength, batch);
      const bytes = this.#logitsBytes();
      const staging = batch === 1 ? this.#staging : loaded.device.staging(bytes * batch);
      for (let i = 0; i < batch; i++) {
        loaded.memory.writeImage(input.subarray(i * this.#imageLength, (i + 1) * this.#imageLength));
        this.#submit(loaded, staging, i * bytes);
      }
      const logits = new Float32Array(await loaded.device.read(staging));
      if (batch > 1) loaded.device.free(staging);
      return logits;
    });
  }

  inferLayer(name: string, input: Float32Array): Promise<Float32Array> {
    return this.#queue(async (loaded) => {
      const layer = layerNamed(this.#layers, name);
      checkInputLength(input, elements(layer.input));
      const { device, memory } = loaded;
      const [even, odd] = memory.activations;
      const source = memory.writeInput(layer, input, even);
      const step = await this.#bindAlone(loaded, layer, source, odd);
      const outputs = await this.#capture(device, memory, [{ layer, step }]);
      return outputs.get(name)!;
    });
  }

  /**
   * What an inference leaves in memory, after each of its dispatches. The first layer of a fused pair never gets
   * there: it is computed once more, alone, from the same input.
   */
  layerOutputs(input: Float32Array): Promise<ReadonlyMap<string, Float32Array>> {
    return this.#queue(async (loaded) => {
      checkInputLength(input, this.#imageLength);
      const { device, memory, steps } = loaded;
      memory.writeImage(input);
      const spare = device.storage(memory.activations[0].size);
      const captures: Capture[] = [];
      for (const step of steps) {
        const [first, second] = step.dispatch.layers;
        if (first && second) {
          const alone = await this.#bindAlone(loaded, first, step.source, spare);
          captures.push({ layer: first, step: alone });
        }
        const last = second ?? first;
        if (last) captures.push({ layer: last, step });
      }
      const outputs = await this.#capture(device, memory, captures);
      device.free(spare);
      return outputs;
    });
  }

  /** Buffers of this session's own device: weights, activations, what is read back. */
  async memory(): Promise<SessionMemory> {
    const loaded = this.#loaded;
    if (!loaded) throw new SessionError("webgpu");
    return { gpuBytes: loaded.device.peakBytes };
  }

  async dispose(): Promise<void> {
    const loaded = this.#loaded;
    if (!loaded) return;
    this.#loaded = undefined;
    await this.#last.catch(() => {}); // Whoever called is told.
    loaded.device.destroy();
  }

  #logitsBytes(): number {
    return this.#classes * Float32Array.BYTES_PER_ELEMENT;
  }

  /** The whole inference in one pass and one submit. */
  #submit({ device, steps }: Loaded, staging: GPUBuffer, offset: number) {
    const encoder = device.gpu.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const step of steps) encodeStep(pass, step);
    pass.end();
    const last = steps.at(-1);
    if (last) encoder.copyBufferToBuffer(last.output, 0, staging, offset, this.#logitsBytes());
    device.gpu.queue.submit([encoder.finish()]);
  }

  #bindAlone(loaded: Loaded, layer: WebGpuLayer, source: GPUBuffer, output: GPUBuffer): Promise<Step> {
    const { device, memory, weights, tiles, storage } = loaded;
    const [tile] = singleTiles(layer, tiles);
    if (!tile) throw new RangeError("no tile for single layers");
    const dispatch = { kernel: layerKernel(layer, tile, storage), layers: [layer] };
    return bindStep(device, memory, weights, dispatch, source, output);
  }

  /** Runs steps one after the other and reads what each has written. */
  async #capture(device: Device, memory: Memory, captures: readonly Capture[]) {
    const encoder = device.gpu.createCommandEncoder();
    const stagings = captures.map(({ layer, step }) => {
      const pass = encoder.beginComputePass();
      encodeStep(pass, step);
      pass.end();
      const bytes = memory.outputBytes(layer);
      const staging = device.staging(bytes);
      encoder.copyBufferToBuffer(step.output, 0, staging, 0, bytes);
      return staging;
    });
    device.gpu.queue.submit([encoder.finish()]);
    const outputs = new Map<string, Float32Array>();
    for (const [i, { layer }] of captures.entries()) {
      const staging = stagings[i]!;
      outputs.set(layer.name, memory.readOutput(layer, await device.read(staging)));
      device.free(staging);
    }
    return outputs;
  }

  /** After everything asked for before has ended, well or badly; errors of the device fail it. */
  #queue<T>(work: (loaded: Loaded) => Promise<T>): Promise<T> {
    const loaded = this.#loaded;
    if (!loaded) return Promise.reject(new SessionError("webgpu"));
    const result = this.#last
      .catch(() => {})
      .then(() => {
        loaded.device.check();
        return work(loaded);
      });
    this.#last = result;
    return result;
  }
}

/** Milliseconds of device time per dispatch, by the names of its layers. */
async function timeSteps(device: Device, steps: readonly Step[]): Promise<ReadonlyMap<string, number>> {
  const stamps = await timePasses(
    device,
    steps.map((step) => (pass) => encodeStep(pass, step)),
  );
  return new Map(
    stamps.map(([begin, end], i) => {
      const name = groupName(steps[i]!.dispatch);
      // A clock that is set back between two stamps would make it negative.
      return [name, Math.max(0, Number(end - begin)) / NANOSECONDS_PER_MS];
    }),
  );
}

/** A step to run, and the layer whose output it writes. */
interface Capture {
  readonly layer: WebGpuLayer;
  readonly step: Step;
}
