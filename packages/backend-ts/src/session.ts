import {
  checkInputLength,
  layerNamed,
  SessionError,
  type Actual,
  type Session,
} from "@mobilenet-bench/backend";
import { elements } from "@mobilenet-bench/spec";
import { inputOf, outputOf, type Program } from "./program.ts";
import type { Team } from "./team.ts";

/** A model in memory and the threads that compute it. Calls queue up, so that none disturbs another's buffers. */
export class TsSession implements Session {
  readonly actual: Actual;
  #program: Program | undefined;
  readonly #team: Team;
  #last: Promise<unknown> = Promise.resolve();

  constructor(program: Program, team: Team, actual: Actual) {
    this.#program = program;
    this.#team = team;
    this.actual = actual;
  }

  infer(input: Float32Array): Promise<Float32Array> {
    return this.inferBatch(input, 1);
  }

  inferBatch(input: Float32Array, batch: number): Promise<Float32Array> {
    return this.#queue(async (program) => {
      const count = program.steps.length;
      const image = inputOf(program, 0).length;
      checkInputLength(input, image, batch);
      const logits = outputOf(program, count - 1);
      const output = new Float32Array(batch * logits.length);
      for (let i = 0; i < batch; i++) {
        await this.#run(program, 0, count, input.subarray(i * image, (i + 1) * image));
        output.set(logits, i * logits.length);
      }
      return output;
    });
  }

  inferLayer(name: string, input: Float32Array): Promise<Float32Array> {
    return this.#queue(async (program) => {
      const layers = program.steps.map(({ layer }) => layer);
      const layer = layerNamed(layers, name);
      const index = layers.indexOf(layer);
      checkInputLength(input, elements(layer.input));
      await this.#run(program, index, index + 1, input);
      return outputOf(program, index).slice();
    });
  }

  layerOutputs(input: Float32Array): Promise<ReadonlyMap<string, Float32Array>> {
    return this.#eachLayer(input, async (program, index, run) => {
      await run();
      return outputOf(program, index).slice();
    });
  }

  /** With workers, each layer bears the cost of a message to and fro, which a whole inference bears once. */
  timeLayers(input: Float32Array): Promise<ReadonlyMap<string, number>> {
    return this.#eachLayer(input, async (_program, _index, run) => {
      const start = performance.now();
      await run();
      return performance.now() - start;
    });
  }

  async dispose(): Promise<void> {
    if (!this.#program) return;
    this.#program = undefined;
    await this.#last.catch(() => {}); // Whoever called is told.
    await this.#team.dispose();
  }

  /** One inference a layer at a time. */
  #eachLayer<T>(
    input: Float32Array,
    visit: (program: Program, index: number, run: () => Promise<void>) => Promise<T>,
  ): Promise<ReadonlyMap<string, T>> {
    return this.#queue(async (program) => {
      const first = inputOf(program, 0);
      checkInputLength(input, first.length);
      first.set(input);
      const results = new Map<string, T>();
      for (const [index, { layer }] of program.steps.entries())
        results.set(layer.name, await visit(program, index, () => this.#team.run(index, index + 1)));
      return results;
    });
  }

  /** Steps [from, to), fed with `input`. */
  #run(program: Program, from: number, to: number, input: Float32Array): Promise<void> {
    inputOf(program, from).set(input);
    return this.#team.run(from, to);
  }

  /** After everything asked for before has ended, well or badly. */
  #queue<T>(work: (program: Program) => Promise<T>): Promise<T> {
    const program = this.#program;
    if (!program) return Promise.reject(new SessionError("ts"));
    const result = this.#last.catch(() => {}).then(() => work(program));
    this.#last = result;
    return result;
  }
}
