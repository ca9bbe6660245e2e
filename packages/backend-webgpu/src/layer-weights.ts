import type { ComputedLayer, FoldedWeights } from "@mobilenet-bench/spec";
import type { Device } from "./device.ts";
import { toFloat16 } from "./float16.ts";
import type { Operand, Storage } from "./kernels/kernel.ts";
import { packWeights } from "./pack.ts";

/** Buffers of a layer's kernel and bias. */
interface LayerBuffers {
  readonly kernel: GPUBuffer;
  readonly bias: GPUBuffer;
}

/** The weights of a model on a device, by layer. */
export class LayerWeights {
  readonly #layers = new Map<string, LayerBuffers>();

  constructor(device: Device, layers: readonly ComputedLayer[], folded: FoldedWeights, storage: Storage) {
    for (const layer of layers) {
      const weights = folded.get(layer.name);
      if (!weights) continue; // A pool.
      const { kernel, bias } = packWeights(layer, weights);
      this.#layers.set(layer.name, {
        kernel: device.upload(storage === "f16" ? toFloat16(kernel) : kernel),
        bias: device.upload(bias),
      });
    }
  }

  /** What an operand of a kernel for `layers` is bound to; nothing for those that are no weights. */
  operand(operand: Operand, layers: readonly ComputedLayer[]): GPUBuffer | undefined {
    switch (operand) {
      case "taps":
      case "tapsBias": {
        const depthwise = layers.find(({ type }) => type === "depthwise");
        const buffers = depthwise && this.#layers.get(depthwise.name);
        return operand === "taps" ? buffers?.kernel : buffers?.bias;
      }
      case "kernel":
      case "bias": {
        const last = layers.at(-1);
        return last && this.#layers.get(last.name)?.[operand];
      }
      case "source":
      case "output":
      case "scratch":
        return undefined;
    }
  }
}
