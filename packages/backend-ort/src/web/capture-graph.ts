import { checkInputLength, SessionError, type Session } from "@mobilenet-bench/backend";
import { inputLength, type Model, type Weights } from "@mobilenet-bench/spec";
import type { InferenceSession } from "onnxruntime-common";
import { exportOnnx, INPUT, LOGITS } from "@mobilenet-bench/model-files/onnx";
import type { OrtSession } from "../ort-session.ts";
import type { WebLibrary } from "./library.ts";
import { inTurn } from "./web-runtime.ts";

/** What the captured session is made of. */
export interface Captured {
  /** Its id, for messages. */
  readonly backend: string;
  readonly library: WebLibrary;
  readonly device: GPUDevice;
  readonly model: Model;
  readonly weights: Weights;
  readonly options: InferenceSession.SessionOptions;
}

/**
 * A session that infers by replaying the commands which the library recorded in a first run: that takes one batch,
 * and buffers that stay where they are.
 * @param proven computes everything else, and is disposed with the session
 */
export async function captureGraph(captured: Captured, proven: OrtSession): Promise<Session> {
  const { backend, library, device, model, weights, options } = captured;
  const onnx = exportOnnx(model, weights, { batch: 1 });
  const recording = { ...options, enableGraphCapture: true };
  const session = await inTurn(() => library.InferenceSession.create(onnx, structuredClone(recording)));
  const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const length = inputLength(model);
  const input = device.createBuffer({ size: 4 * length, usage: storage });
  const staging = device.createBuffer({
    size: 4 * model.classes,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const dims = [1, ...model.input];
  const feeds = { [INPUT]: library.Tensor.fromGpuBuffer(input, { dataType: "float32", dims }) };
  let disposed = false;

  async function infer(image: Float32Array): Promise<Float32Array> {
    if (disposed) throw new SessionError(backend);
    checkInputLength(image, length);
    device.queue.writeBuffer(input, 0, image.buffer, image.byteOffset, image.byteLength);
    // The library's own buffer: of one that is handed to it, it gives up the registration after a run, and whether a
    // later run still finds it depends on where its memory happens to lie.
    const { [LOGITS]: logits } = await session.run(feeds);
    if (!logits) throw new Error(`[backend-ort] onnxruntime-web gave no ${LOGITS}. Please report it.`);
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(logits.gpuBuffer, 0, staging, 0, staging.size);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const values = new Float32Array(staging.getMappedRange().slice(0));
    staging.unmap();
    logits.dispose();
    return values;
  }

  async function release() {
    if (disposed) return;
    disposed = true;
    await session.release();
    for (const buffer of [input, staging]) buffer.destroy();
  }

  try {
    // Here it records.
    await infer(new Float32Array(length));
  } catch (error) {
    await release();
    throw error;
  }
  return {
    actual: proven.actual,
    infer,
    inferLayer: (name, layerInput) => proven.inferLayer(name, layerInput),
    layerOutputs: (image) => proven.layerOutputs(image),
    ...(proven.timeLayers && { timeLayers: proven.timeLayers }),
    ...(proven.memory && { memory: proven.memory }),
    async dispose() {
      await release();
      await proven.dispose();
    },
  };
}
