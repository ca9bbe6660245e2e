import { DeviceLostError, UnsupportedError } from "@mobilenet-bench/backend";
import type { Kernel } from "./kernels/kernel.ts";
import type { Packed } from "./pack.ts";
import type { OpenedAdapter } from "./platform/platform.ts";

const ID = "webgpu";

/** WebGPU's flags; Dawn's globals are not global in Node. */
export const Usage = {
  mapRead: 0x0001,
  copySource: 0x0004,
  copyDestination: 0x0008,
  storage: 0x0080,
  queryResolve: 0x0200,
} as const;
const MAP_READ = 1;
const LOST_WITHIN_MS = 1000;

/**
 * A device whose errors cannot pass unnoticed: what nobody captures breaks it, and every later call fails.
 */
export class Device {
  readonly gpu: GPUDevice;
  readonly opened: OpenedAdapter;
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();
  readonly #state: State = { destroyed: false };
  #bytes = 0;
  #peakBytes = 0;

  private constructor(gpu: GPUDevice, opened: OpenedAdapter) {
    this.gpu = gpu;
    this.opened = opened;
    watch(gpu, this.#state);
  }

  /** @throws UnsupportedError where the adapter gives no device */
  static async open(opened: OpenedAdapter, features: readonly GPUFeatureName[]): Promise<Device> {
    const { adapter } = opened;
    // Large models need larger buffers than WebGPU guarantees; everything else keeps to the guarantee.
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
    try {
      const gpu = await adapter.requestDevice({
        requiredFeatures: [...features],
        requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
      });
      return new Device(gpu, opened);
    } catch (cause) {
      throw new UnsupportedError(
        `backend-${ID}`,
        `The adapter gives no device (${cause instanceof Error ? cause.message : String(cause)}).`,
        "Close what else uses the GPU, or use another backend.",
        { cause },
      );
    }
  }

  has(feature: GPUFeatureName): boolean {
    return this.gpu.features.has(feature);
  }

  /** @throws Error that says what went wrong, DeviceLostError where that was it */
  check() {
    if (this.#state.failure) throw this.#state.failure;
  }

  /**
   * `action`, with every error that it causes on the device thrown.
   * @throws UnsupportedError where memory is too small, otherwise what {@link check} throws
   */
  async guard<T>(action: () => Promise<T>): Promise<T> {
    const filters = ["validation", "internal", "out-of-memory"] as const;
    for (const filter of filters) this.gpu.pushErrorScope(filter);
    let result: { value: T } | { error: unknown };
    try {
      result = { value: await action() };
    } catch (error) {
      result = { error };
    }
    const errors = await this.#orLost(Promise.all(filters.map(() => this.gpu.popErrorScope())));
    this.check();
    const [outOfMemory, internal, validation] = errors;
    if (outOfMemory)
      throw new UnsupportedError(
        `backend-${ID}`,
        `The device has too little memory (${outOfMemory.message}).`,
        "Use a smaller model, or another backend.",
      );
    const error = internal ?? validation;
    if (error) throw new Error(`[backend-webgpu] ${describe(error)} Report it.`);
    if ("error" in result) throw result.error;
    return result.value;
  }

  /** A buffer that shaders can use. @throws UnsupportedError where it is larger than the adapter allows */
  storage(sizeBytes: number): GPUBuffer {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.gpu.limits;
    const limit = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    if (sizeBytes > limit)
      throw new UnsupportedError(
        `backend-${ID}`,
        `The model needs a buffer of ${sizeBytes} bytes, but the adapter allows ${limit}.`,
        "Use a smaller model, or another backend.",
      );
    return this.buffer(sizeBytes, Usage.storage | Usage.copySource | Usage.copyDestination);
  }

  /** A buffer that can be read back. */
  staging(sizeBytes: number): GPUBuffer {
    return this.buffer(sizeBytes, Usage.mapRead | Usage.copyDestination);
  }

  /** Every buffer is made here and given back to {@link free}, or ends with the device. */
  buffer(sizeBytes: number, usage: number): GPUBuffer {
    const buffer = this.gpu.createBuffer({ size: sizeBytes, usage });
    this.#bytes += buffer.size;
    this.#peakBytes = Math.max(this.#peakBytes, this.#bytes);
    return buffer;
  }

  /** Destroys a buffer that is no longer needed, once. */
  free(buffer: GPUBuffer) {
    this.#bytes -= buffer.size;
    buffer.destroy();
  }

  /** Of all buffers that there were at one time. Textures are not used. */
  get peakBytes(): number {
    return this.#peakBytes;
  }

  /** A storage buffer with this content. */
  upload(values: Packed | Uint16Array<ArrayBuffer>): GPUBuffer {
    const buffer = this.storage(values.byteLength);
    this.gpu.queue.writeBuffer(buffer, 0, values);
    return buffer;
  }

  /** Compiled once per text. */
  pipeline({ name, wgsl }: Kernel): Promise<GPUComputePipeline> {
    const found = this.#pipelines.get(wgsl);
    if (found) return found;
    const module = this.gpu.createShaderModule({ label: name, code: wgsl });
    const compiled = this.gpu.createComputePipelineAsync({
      label: name,
      layout: "auto",
      compute: { module, entryPoint: "main" },
    });
    this.#pipelines.set(wgsl, compiled);
    return compiled;
  }

  /** The content of a staging buffer, once everything submitted before has ended. */
  async read(staging: GPUBuffer): Promise<ArrayBuffer> {
    await this.#orLost(staging.mapAsync(MAP_READ));
    this.check();
    const content = staging.getMappedRange().slice(0);
    staging.unmap();
    return content;
  }

  /** What a lost device rejects, as the loss that it is: its reason arrives by another promise, in its own time. */
  async #orLost<T>(promise: Promise<T>): Promise<T> {
    try {
      return await promise;
    } catch (cause) {
      await Promise.race([this.gpu.lost, new Promise((resolve) => setTimeout(resolve, LOST_WITHIN_MS))]);
      this.check();
      throw new Error("[backend-webgpu] The device did not give its results. Load the model again.", {
        cause,
      });
    }
  }

  destroy() {
    this.#state.destroyed = true;
    this.gpu.destroy();
  }
}

/** What became of a device. */
interface State {
  failure?: Error;
  destroyed: boolean;
}

/**
 * Listens to the device without holding it: Dawn's bindings hold every listener for as long as the device lives, so one
 * that reaches the device would keep it, and all that was compiled for it, for the life of the process.
 */
function watch(gpu: GPUDevice, state: State) {
  gpu.addEventListener("uncapturederror", ({ error }) => {
    state.failure ??= new Error(`[backend-webgpu] ${describe(error)} Report it.`);
  });
  void watchLoss(gpu.lost, state);
}

async function watchLoss(lost: Promise<GPUDeviceLostInfo>, state: State) {
  const { reason, message } = await lost;
  if (!state.destroyed) state.failure = new DeviceLostError(ID, sentence(message || reason));
}

const sentence = (text: string) => `${text.replace(/[.\s]*$/, "")}.`;

function describe(error: GPUError): string {
  const message = error.message.trim().split("\n")[0] ?? "";
  return `The device reports an error: ${message}`;
}
