import {
  createModel,
  generateWeights,
  syntheticImage,
  type Model,
  type ModelConfig,
  type Weights,
} from "@mobilenet-bench/spec";
import { checkLogits } from "../check/compare.ts";
import { expectLogits, type Expected } from "../check/expect.ts";
import { precisionOf, type Precision } from "../check/precision.ts";
import type { Backend, Options, Session } from "../contract.ts";
import { assert } from "./contract-check.ts";

/** A model with weights and pictures, and what its logits must be; everything is computed once and kept. */
export class Fixture {
  readonly model: Model;
  readonly weights: Weights;
  readonly #seed: number;
  readonly #expected = new Map<string, Expected>();

  constructor(config: ModelConfig, seed = 1) {
    this.model = createModel(config);
    this.weights = generateWeights(this.model, seed);
    this.#seed = seed;
  }

  /** A picture, by number; a copy, so that nobody spoils it for others. */
  image(number: number): Float32Array {
    return syntheticImage(this.model.resolution, this.#seed * 1000 + number);
  }

  /** What the logits of a picture must be. */
  expected(number: number, precision: Precision): Expected {
    const key = `${number}/${precision.storage.unitRoundoff}/${precision.accumulation.unitRoundoff}`;
    const found = this.#expected.get(key);
    if (found) return found;
    const expected = expectLogits(this.model, this.weights, this.image(number), precision);
    this.#expected.set(key, expected);
    return expected;
  }

  /** @throws ContractError unless these are the logits of that picture */
  assertLogits(session: Session, logits: Float32Array, number: number, when: string) {
    const { ok, reason } = checkLogits(logits, this.expected(number, precisionOf(session.actual)));
    assert(ok, `Logits of ${this.model.name} are wrong ${when}. ${reason}`);
  }

  /** Infers a picture and checks the logits. */
  async assertInfers(session: Session, number: number, when: string) {
    this.assertLogits(session, await session.infer(this.image(number)), number, when);
  }

  /** Loads, uses and disposes a session. */
  async use(backend: Backend, options: Options, action: (session: Session) => Promise<void>) {
    const session = await backend.load(this.model, this.weights, options);
    try {
      await action(session);
    } finally {
      await session.dispose();
    }
  }
}

const fixtures = new Map<string, Fixture>();

/** The fixture of a model: made on first use, shared by all checks. */
export function fixture(config: ModelConfig, seed = 1): Fixture {
  const key = JSON.stringify([config, seed]);
  const found = fixtures.get(key);
  if (found) return found;
  const made = new Fixture(config, seed);
  fixtures.set(key, made);
  return made;
}

/** The model of the checks that are about behaviour, not shapes. */
export const SMALL: ModelConfig = { alpha: 0.25, resolution: 33, classes: 7 };
/** Another, with an even resolution: other padding, other shapes everywhere. */
export const OTHER: ModelConfig = { alpha: 0.35, resolution: 40, classes: 10 };
