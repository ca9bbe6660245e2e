import { checkInputLength, type Actual, type Session } from "@mobilenet-bench/backend";
import { inputLength, type Model, type Weights } from "@mobilenet-bench/spec";
import type { Settings } from "../load.ts";
import { fromFailure, type Answer, type Call, type Results } from "./protocol.ts";

/**
 * A session whose first thread is a worker: for the main thread of a page, which may not wait for others.
 * Inputs are copied on the way, as the contract wants; results are moved.
 */
export async function loadInWorker(model: Model, weights: Weights, settings: Settings): Promise<Session> {
  const worker = new Worker(new URL("./host.js", import.meta.url), { type: "module" });
  try {
    const actual = await ask(worker, { method: "load", model, weights, settings });
    return new RemoteSession(model, worker, actual);
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

class RemoteSession implements Session {
  readonly actual: Actual;
  readonly #model: Model;
  #worker: Worker | undefined;

  constructor(model: Model, worker: Worker, actual: Actual) {
    this.#model = model;
    this.#worker = worker;
    this.actual = actual;
  }

  async infer(input: Float32Array) {
    return this.inferBatch(input, 1);
  }

  async inferBatch(input: Float32Array, batch: number) {
    // Before the copy: a wrong length needs no worker.
    checkInputLength(input, inputLength(this.#model), batch);
    return ask(this.#open(), { method: "inferBatch", input, batch });
  }

  async inferLayer(name: string, input: Float32Array) {
    return ask(this.#open(), { method: "inferLayer", name, input });
  }

  async layerOutputs(input: Float32Array) {
    return ask(this.#open(), { method: "layerOutputs", input });
  }

  async timeLayers(input: Float32Array) {
    return ask(this.#open(), { method: "timeLayers", input });
  }

  async dispose() {
    const worker = this.#worker;
    this.#worker = undefined;
    if (!worker) return;
    await ask(worker, { method: "dispose" });
    worker.terminate();
  }

  #open(): Worker {
    if (!this.#worker) throw new Error("[backend-wasm] The session is disposed. Load the model again.");
    return this.#worker;
  }
}

function ask<Method extends keyof Results>(
  worker: Worker,
  call: Call & { readonly method: Method },
): Promise<Results[Method]> {
  const { port1, port2 } = new MessageChannel();
  return new Promise<Results[Method]>((resolve, reject) => {
    const failed = ({ message }: ErrorEvent) =>
      reject(new Error(`[backend-wasm] The session's worker failed: ${message}. Load the model again.`));
    worker.addEventListener("error", failed);
    port1.addEventListener("message", ({ data }: MessageEvent<Answer<Method>>) => {
      worker.removeEventListener("error", failed);
      if (data.ok) resolve(data.result);
      else reject(fromFailure(data.failure));
    });
    port1.start();
    worker.postMessage(call, [port2]);
  }).finally(() => port1.close());
}
