import { computedLayers, elements, type ComputedLayer, type Model } from "@mobilenet-bench/spec";
import type { Device } from "./device.ts";
import { fromFloat16, toFloat16 } from "./float16.ts";
import { VECTOR, type Storage } from "./kernels/kernel.ts";
import { readsImage } from "./kernels/ops.ts";
import { packActivation, packedLength, unpackActivation } from "./pack.ts";
import type { Dispatch } from "./plan.ts";

const FLOAT32_BYTES = 4;

/** The buffers that activations pass through, and what lies in them. */
export class Memory {
  /** As given: float32, three channels. */
  readonly image: GPUBuffer;
  /** Dispatches read one and write the other. */
  readonly activations: readonly [GPUBuffer, GPUBuffer];
  readonly scratch: GPUBuffer;
  readonly #device: Device;
  readonly #storage: Storage;

  constructor(device: Device, model: Model, dispatches: readonly Dispatch[], storage: Storage) {
    this.#device = device;
    this.#storage = storage;
    this.image = device.storage(elements(model.input) * FLOAT32_BYTES);
    const largest = Math.max(...computedLayers(model).map((layer) => this.outputBytes(layer)));
    this.activations = [device.storage(largest), device.storage(largest)];
    const scratchBytes = Math.max(...dispatches.map(({ kernel }) => kernel.scratchBytes ?? 0));
    this.scratch = device.storage(Math.max(scratchBytes, VECTOR * FLOAT32_BYTES));
  }

  /** Of a layer's output as shaders write it. */
  outputBytes(layer: ComputedLayer): number {
    return packedLength(layer.output) * (this.#isHalf(layer) ? 2 : FLOAT32_BYTES);
  }

  /** Puts a layer's input where its kernel can read it: into `buffer`, or into the image's for the first one. */
  writeInput(layer: ComputedLayer, input: Float32Array, buffer: GPUBuffer): GPUBuffer {
    const { queue } = this.#device.gpu;
    if (readsImage(layer)) {
      this.writeImage(input);
      return this.image;
    }
    const packed = packActivation(input, layer.input);
    queue.writeBuffer(buffer, 0, this.#storage === "f16" ? toFloat16(packed) : packed);
    return buffer;
  }

  writeImage(image: Float32Array) {
    // A copy only where the memory is shared with threads, which writeBuffer does not take.
    const own = isOwn(image) ? image : Float32Array.from(image);
    this.#device.gpu.queue.writeBuffer(this.image, 0, own);
  }

  /** A layer's output from the bytes that were read back. */
  readOutput(layer: ComputedLayer, bytes: ArrayBuffer): Float32Array {
    const values = this.#isHalf(layer) ? fromFloat16(new Uint16Array(bytes)) : new Float32Array(bytes);
    return unpackActivation(values, layer.output);
  }

  #isHalf({ type }: ComputedLayer): boolean {
    return this.#storage === "f16" && type !== "dense";
  }
}

function isOwn(values: Float32Array): values is Float32Array<ArrayBuffer> {
  return values.buffer instanceof ArrayBuffer;
}
