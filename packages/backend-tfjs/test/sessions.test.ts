import { checkLayers, checkLogits, expectLogits, type Backend, type Session } from "@mobilenet-bench/backend";
import { tfjsCpu, tfjsNode, tfjsWasm } from "@mobilenet-bench/backend-tfjs";
import { createModel, generateWeights, syntheticImage, type ModelConfig } from "@mobilenet-bench/spec";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const SMALL: ModelConfig = { alpha: 0.25, resolution: 32, classes: 10 };

/** A tensor that each one keeps shows after a few: the nightly run looks for one that is kept now and then. */
const INFERENCES = process.env["MNB_NIGHTLY"] ? 1000 : 100;

/** Loading a large library on a busy machine. */
const TIMEOUT_MS = 60_000;

const candidates = await Promise.all(
  [tfjsCpu, tfjsWasm, tfjsNode].map(async (backend) => ({ backend, here: await backend.availability() })),
);
const backends = candidates.filter(({ here }) => here.available).map(({ backend }) => backend);

async function load(backend: Backend, config = SMALL, seed = 1) {
  const model = createModel(config);
  const weights = generateWeights(model, seed);
  const session = await backend.load(model, weights);
  const image = syntheticImage(model.resolution, seed);
  return { model, weights, session, image, expected: expectLogits(model, weights, image) };
}

describe.each(candidates)("$backend.id", { timeout: TIMEOUT_MS }, ({ backend, here }) => {
  beforeEach(({ skip }) => skip(!here.available, here.available ? "" : here.reason));

  it("pads as TensorFlow does at odd resolutions", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 32, max: 53 }),
        fc.constantFrom(0.1, 0.25, 0.37),
        fc.boolean(),
        async (resolution, alpha, shallow) => {
          const { model, weights, session, image } = await load(backend, {
            ...SMALL,
            alpha,
            resolution,
            shallow,
          });
          const { first } = await checkLayers(session, model, weights, image);
          await session.dispose();
          expect(first).toBeUndefined();
        },
      ),
      {
        numRuns: 4,
        examples: [
          [33, 0.25, false],
          [53, 0.37, true],
        ],
      },
    );
  });

  it("computes full convolutions", async () => {
    const { session, image, expected } = await load(backend, { ...SMALL, conv: true });
    expect(checkLogits(await session.infer(image), expected)).toMatchObject({ ok: true });
    await session.dispose();
  });

  it(`keeps no tensor of ${INFERENCES} inferences, and none at all after dispose`, async () => {
    const before = tf.memory();
    const { session, image } = await load(backend, { ...SMALL, alpha: 0.1 });
    await session.infer(image);
    const loaded = tf.memory();
    for (let i = 0; i < INFERENCES; i++) await session.infer(image);
    expect(tf.memory()).toMatchObject({ numTensors: loaded.numTensors, numBytes: loaded.numBytes });
    await session.inferBatch?.(new Float32Array(2 * image.length), 2);
    await session.layerOutputs?.(image);
    await session.timeLayers?.(image);
    await session.inferLayer?.("AvgPool", new Float32Array(102));
    expect(tf.memory()).toMatchObject({ numTensors: loaded.numTensors, numBytes: loaded.numBytes });
    await session.dispose();
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
  });

  it("times every layer up to the classifier", async () => {
    const { model, session, image } = await load(backend);
    const times = await session.timeLayers?.(image);
    expect([...(times?.keys() ?? [])]).toEqual(model.layers.map(({ name }) => name).slice(0, -1));
    expect(Math.min(...(times?.values() ?? []))).toBeGreaterThan(0);
    await session.dispose();
  });

  it("says what runs", async () => {
    const { session } = await load(backend);
    expect(session.actual).toMatchObject({ threads: 1, precision: "fp32" });
    expect(session.actual["library"]).toMatch(/^@tensorflow\/\S+ 4\.22\.0$/);
    await session.dispose();
  });

  it("does not hand out the memory of its input", async () => {
    const { session } = await load(backend);
    const pixel = Float32Array.from({ length: 256 }, (_, i) => i);
    const output = await session.inferLayer?.("AvgPool", pixel);
    expect(output).toEqual(pixel);
    pixel.fill(-1);
    expect(output?.[7]).toBe(7);
    await session.dispose();
  });
});

describe("several sessions in one process", { timeout: TIMEOUT_MS }, () => {
  let log: ReturnType<typeof vi.spyOn>;
  beforeEach(() => void (log = vi.spyOn(process.stdout, "write")));
  afterEach(() => log.mockRestore());

  it("do not disturb each other, also when their calls overlap", async () => {
    const loaded = await Promise.all(
      backends.flatMap((backend) => [load(backend, SMALL, 1), load(backend, SMALL, 2)]),
    );
    const check = async ({ session, image, expected }: (typeof loaded)[number]) =>
      expect(checkLogits(await session.infer(image), expected)).toMatchObject({ ok: true });
    for (let round = 0; round < 3; round++) {
      for (const one of loaded) await check(one);
      await Promise.all([...loaded, ...loaded.toReversed()].map(check));
    }
    await Promise.all(loaded.map(({ session }: { session: Session }) => session.dispose()));
  });

  it("print nothing on standard output", async () => {
    for (const backend of backends) {
      const { session, image } = await load(backend);
      await session.infer(image);
      await session.dispose();
    }
    expect(log).not.toHaveBeenCalled();
  });
});

it(
  "tells the library's memory, which grows with a model that does not fit",
  { timeout: TIMEOUT_MS },
  async () => {
    const small = await load(tfjsWasm);
    const before = (await small.session.memory!()).wasmBytes!;
    const { model, session } = await load(tfjsWasm, { ...SMALL, alpha: 1, classes: 1000 });
    const { wasmBytes } = await session.memory!();
    expect(wasmBytes).toBeGreaterThanOrEqual(before);
    expect(wasmBytes).toBeGreaterThan(model.params * 4);
    await Promise.all([small.session.dispose(), session.dispose()]);
  },
);
