import {
  checkInputLength,
  SessionError,
  unknownLayer,
  type Actual,
  type Session,
} from "@mobilenet-bench/backend";
import { inputLength, type Model } from "@mobilenet-bench/spec";
import type { Engine } from "./engine/engine.ts";
import { at } from "./kernels/vocabulary.ts";
import { readPlane, writePlane } from "./plan/layout.ts";

/** A loaded model; see the contract. */
export class WasmSession implements Session {
  readonly actual: Actual;
  readonly #model: Model;
  /** Undefined once disposed, so that its memory goes even where the session is kept. */
  #open: Engine | undefined;

  constructor(model: Model, engine: Engine, actual: Actual) {
    this.#model = model;
    this.#open = engine;
    this.actual = actual;
  }

  async infer(input: Float32Array): Promise<Float32Array> {
    return this.inferBatch(input, 1);
  }

  async inferBatch(input: Float32Array, batch: number): Promise<Float32Array> {
    const perImage = inputLength(this.#model);
    checkInputLength(input, perImage, batch);
    const { classes } = this.#model;
    const logits = new Float32Array(batch * classes);
    for (let i = 0; i < batch; i++) {
      this.#write(0, input.subarray(i * perImage, (i + 1) * perImage));
      this.#run();
      logits.set(this.#read(this.#plan.steps.length - 1), i * classes);
    }
    return logits;
  }

  async inferLayer(name: string, input: Float32Array): Promise<Float32Array> {
    const index = this.#plan.steps.findIndex((step) => step.name === name);
    if (index < 0)
      throw unknownLayer(
        name,
        this.#plan.steps.map((step) => step.name),
      );
    const { height, width, channels } = at(this.#plan.steps, index).input.layout;
    checkInputLength(input, height * width * channels);
    this.#write(index, input);
    this.#engine.run({ run: "layers", first: index, last: index + 1 });
    return this.#read(index);
  }

  /**
   * What an inference leaves in memory, group by group. Of a pair's first layer that is a band only: it is computed
   * once more, alone, from the same input.
   */
  async layerOutputs(input: Float32Array): Promise<ReadonlyMap<string, Float32Array>> {
    checkInputLength(input, inputLength(this.#model));
    const { steps, groups } = this.#plan;
    const outputs = new Map<string, Float32Array>();
    this.#write(0, input);
    for (const [index, { first, count }] of groups.entries()) {
      this.#engine.run({ run: "groups", first: index, last: index + 1 });
      if (count === 2) this.#engine.run({ run: "layers", first, last: first + 1 });
      for (let step = first; step < first + count; step++)
        outputs.set(at(steps, step).name, this.#read(step));
    }
    return outputs;
  }

  /** Times as the first thread sees them; a pair of fused layers has one. Bringing the image in counts to the first. */
  async timeLayers(input: Float32Array): Promise<ReadonlyMap<string, number>> {
    checkInputLength(input, inputLength(this.#model));
    const times = new Map<string, number>();
    let last = performance.now();
    this.#write(0, input);
    this.#run((index) => {
      const now = performance.now();
      times.set(at(this.#plan.groups, index).name, now - last);
      last = now;
    });
    return times;
  }

  async dispose(): Promise<void> {
    const engine = this.#open;
    this.#open = undefined;
    await engine?.dispose();
  }

  get #engine() {
    if (!this.#open) throw new SessionError("wasm");
    return this.#open;
  }

  get #plan() {
    return this.#engine.planned.plan;
  }

  #run(after?: (index: number) => void) {
    this.#engine.run({ run: "groups", first: 0, last: this.#plan.groups.length }, after);
  }

  #write(step: number, values: Float32Array) {
    const { address, layout } = at(this.#plan.steps, step).input;
    writePlane(this.#engine.floats, address, layout, values);
  }

  #read(step: number) {
    const { address, layout } = at(this.#plan.steps, step).output;
    return readPlane(this.#engine.floats, address, layout);
  }
}
