import {
  createModel,
  generateWeights,
  syntheticImage,
  type Model,
  type ModelConfig,
  type Weights,
} from "@mobilenet-bench/spec";
import { checkLogits } from "../correctness/compare.ts";
import { expectLayers, expectLogits, type Expected, type ExpectedLayer } from "../correctness/expect.ts";
import { precisionOf, type Precision } from "../correctness/precision.ts";
import type { Backend, Options, Session } from "../contract.ts";
import { assert } from "./contract-check.ts";

/** What logits must be, by model, seed, picture and precision: few numbers, and dear ones, for all fixtures and variants. */
const expectedLogits = new Map<string, Expected>();

/** A model with weights and pictures, and what its logits must be; everything is computed once and kept. */
export class Fixture {
  readonly model: Model;
  readonly weights: Weights;
  readonly #id: string;
  readonly #seed: number;
  readonly #images = new Map<number, Float32Array>();
  readonly #layers = new Map<string, ReadonlyMap<string, ExpectedLayer>>();

  constructor(config: ModelConfig, seed = 1) {
    this.model = createModel(config);
    this.weights = generateWeights(this.model, seed);
    this.#seed = seed;
    this.#id = JSON.stringify([config, seed]);
  }

  /** A picture, by number; a copy, so that nobody spoils it for others. */
  image(number: number): Float32Array {
    return remember(this.#images, number, () =>
      syntheticImage(this.model.resolution, this.#seed * 1000 + number),
    ).slice();
  }

  /** What the logits of a picture must be. */
  expectedLogits(number: number, precision: Precision): Expected {
    const key = `${this.#id}/${keyOf(number, precision)}`;
    return remember(expectedLogits, key, () =>
      expectLogits(this.model, this.weights, this.image(number), precision),
    );
  }

  /** What the layers must compute for a picture. */
  expectedLayers(number: number, precision: Precision): ReadonlyMap<string, ExpectedLayer> {
    return remember(this.#layers, keyOf(number, precision), () =>
      expectLayers(this.model, this.weights, this.image(number), precision),
    );
  }

  /** @throws ContractError unless these are the logits of that picture */
  assertLogits(session: Session, logits: Float32Array, number: number, when: string) {
    const { ok, reason } = checkLogits(logits, this.expectedLogits(number, precisionOf(session.actual)));
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
  return remember(fixtures, JSON.stringify([config, seed]), () => new Fixture(config, seed));
}

function keyOf(number: number, { storage, arithmetic }: Precision): string {
  return `${number}/${storage.unitRoundoff}/${arithmetic.unitRoundoff}`;
}

function remember<Key, Value>(known: Map<Key, Value>, key: Key, compute: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = compute();
  known.set(key, value);
  return value;
}

/** The model of the checks that are about behaviour, not shapes: without the layers whose shapes are repeated. */
export const SMALL: ModelConfig = { alpha: 0.25, resolution: 33, classes: 7, shallow: true };
/** Another, with an even resolution: other padding, other shapes everywhere. */
export const OTHER: ModelConfig = { alpha: 0.35, resolution: 40, classes: 10 };
