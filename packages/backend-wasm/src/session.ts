import {
  checkInputLength,
  layerNamed,
  SessionError,
  type Actual,
  type Session,
  type SessionMemory,
} from "@mobilenet-bench/backend";
import { inputLength, type Model } from "@mobilenet-bench/spec";
import type { Engine } from "./engine/engine.ts";
import { readPlane, writePlane } from "./layout/layout.ts";
import { at } from "./list.ts";
import type { Command } from "./run/team.ts";

/** A loaded model; see the contract. Calls queue up, so that none disturbs another's planes. */
export class WasmSession implements Session {
  readonly actual: Actual;
  readonly #model: Model;
  /** Undefined once disposed, so that its memory goes even where the session is kept. */
  #open: Engine | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(model: Model, engine: Engine, actual: Actual) {
    this.#model = model;
    this.#open = engine;
    this.actual = actual;
  }

  infer(input: Float32Array): Promise<Float32Array> {
    return this.inferBatch(input, 1);
  }

  inferBatch(input: Float32Array, batch: number): Promise<Float32Array> {
    return this.#queue(async (engine) => {
      const perImage = inputLength(this.#model);
      checkInputLength(input, perImage, batch);
      const { classes } = this.#model;
      const logits = new Float32Array(batch * classes);
      for (let i = 0; i < batch; i++) {
        write(engine, 0, input.subarray(i * perImage, (i + 1) * perImage));
        const running = engine.lead.run(allGroups(engine));
        if (running) await running;
        logits.set(read(engine, engine.plan.steps.length - 1), i * classes);
      }
      return logits;
    });
  }

  inferLayer(name: string, input: Float32Array): Promise<Float32Array> {
    return this.#queue(async (engine) => {
      const { steps } = engine.plan;
      const step = layerNamed(steps, name);
      const index = steps.indexOf(step);
      const { height, width, channels } = step.input.layout;
      checkInputLength(input, height * width * channels);
      write(engine, index, input);
      await engine.lead.run({ run: "layers", first: index, last: index + 1 });
      return read(engine, index);
    });
  }

  /**
   * What an inference leaves in memory, group by group. Of a pair's first layer that is a band only: it is computed
   * once more, alone, from the same input.
   */
  layerOutputs(input: Float32Array): Promise<ReadonlyMap<string, Float32Array>> {
    return this.#queue(async (engine) => {
      checkInputLength(input, inputLength(this.#model));
      const { steps, groups } = engine.plan;
      const outputs = new Map<string, Float32Array>();
      write(engine, 0, input);
      for (const [index, { first, count }] of groups.entries()) {
        await engine.lead.run({ run: "groups", first: index, last: index + 1 });
        if (count === 2) await engine.lead.run({ run: "layers", first, last: first + 1 });
        for (let step = first; step < first + count; step++)
          outputs.set(at(steps, step).name, read(engine, step));
      }
      return outputs;
    });
  }

  /** Times as the first thread sees them; a pair of fused layers has one. Bringing the image in counts to the first. */
  timeLayers(input: Float32Array): Promise<ReadonlyMap<string, number>> {
    return this.#queue(async (engine) => {
      checkInputLength(input, inputLength(this.#model));
      const start = performance.now();
      write(engine, 0, input);
      const writing = performance.now() - start;
      const times = await engine.lead.time(allGroups(engine));
      return new Map(
        engine.plan.groups.map(({ name }, i) => [name, at(times, i) + (i === 0 ? writing : 0)] as const),
      );
    });
  }

  /** It is made as large as the plan needs, and never grows. */
  async memory(): Promise<SessionMemory> {
    const engine = this.#open;
    if (!engine) throw new SessionError("wasm");
    return { wasmBytes: engine.floats.buffer.byteLength };
  }

  async dispose(): Promise<void> {
    const engine = this.#open;
    if (!engine) return;
    this.#open = undefined;
    await this.#last.catch(() => {}); // Whoever called is told.
    await engine.dispose();
  }

  /** After everything asked for before has ended, well or badly. */
  #queue<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    const engine = this.#open;
    if (!engine) return Promise.reject(new SessionError("wasm"));
    const result = this.#last.catch(() => {}).then(() => work(engine));
    this.#last = result;
    return result;
  }
}

function allGroups({ plan }: Engine): Command {
  return { run: "groups", first: 0, last: plan.groups.length };
}

function write({ plan, floats }: Engine, step: number, values: Float32Array) {
  const { address, layout } = at(plan.steps, step).input;
  writePlane(floats, address, layout, values);
}

function read({ plan, floats }: Engine, step: number) {
  const { address, layout } = at(plan.steps, step).output;
  return readPlane(floats, address, layout);
}
