import {
  describeDevice,
  layersFor,
  pageAdapterAvailability,
  resolveOptions,
  UnsupportedError,
  watchDevice,
  type TypedBackend,
} from "@mobilenet-bench/backend";
import { COMPUTES } from "./computes.ts";
import { importTensorFlow, onBackend } from "./tensorflow.ts";
import { ENGINE, GpuSession } from "./webgpu/gpu-session.ts";

const OPTIONS = {};

/** TensorFlow.js's own WebGPU kernels, in pages. */
export const tfjsWebgpu: TypedBackend<typeof OPTIONS> = {
  id: "tfjs-webgpu",
  summary: "TensorFlow.js, WebGPU",
  platforms: ["browser"],
  options: OPTIONS,
  availability: () => pageAdapterAvailability(),
  prepare: async () => void (await importLibrary()),
  load: async (model, weights, options) => {
    resolveOptions(tfjsWebgpu, options);
    layersFor(tfjsWebgpu.id, model, COMPUTES);
    const availability = await pageAdapterAvailability();
    if (!availability.available)
      throw new UnsupportedError(`backend-${tfjsWebgpu.id}`, availability.reason, availability.remedy);
    const { tf, WebGPUBackend } = await importLibrary();
    // Otherwise operations on small tensors that were not yet uploaded run on the processor.
    tf.env().set("WEBGPU_CPU_FORWARD", false);
    const gpu = await onBackend(tf, ENGINE, () => tf.backend());
    if (!(gpu instanceof WebGPUBackend))
      throw new UnsupportedError(
        `backend-${tfjsWebgpu.id}`,
        `TensorFlow.js computes on its backend "${tf.getBackend()}" in place of "${ENGINE}".`,
        "Use a page that loads no other copy of TensorFlow.js.",
      );
    const actual = {
      threads: 1,
      precision: "fp32",
      library: `@tensorflow/tfjs-backend-webgpu ${tf.version_core}`,
      core: `@tensorflow/tfjs-core ${tf.version_core}`,
      engine: ENGINE,
      production: tf.env().getBool("PROD"),
      adapter: describeDevice(gpu.device),
      cpuForward: tf.env().getBool("WEBGPU_CPU_FORWARD"),
      operationsPerSubmit: tf.env().getNumber("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE"),
    } as const;
    const session = await GpuSession.load({ id: tfjsWebgpu.id, tf, gpu, actual }, model, weights);
    return watchDevice(tfjsWebgpu.id, gpu.device, session);
  },
};

async function importLibrary() {
  const tf = await importTensorFlow();
  const { WebGPUBackend } = await import("@tensorflow/tfjs-backend-webgpu");
  return { tf, WebGPUBackend };
}
