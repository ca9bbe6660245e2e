import { formatModelName, type ModelConfig } from "@mobilenet-bench/spec";
import { InputError } from "../../errors.ts";
import { assert, assertRejects, requireAbility, type ContractCheck } from "../contract-check.ts";
import { fixture, SMALL } from "../fixture.ts";

/**
 * Shapes that tiles and vectors do not like: odd and prime planes, channel counts that no vector divides,
 * the 8 channels below which no layer goes, one class, every variant.
 */
const SHAPES: readonly ModelConfig[] = [
  { alpha: 0.35, resolution: 33, classes: 7 },
  { alpha: 0.27, resolution: 47, classes: 1 },
  { alpha: 0.1, resolution: 61, classes: 10 },
  { alpha: 0.05, resolution: 32, classes: 1001 },
  { alpha: 1.4, resolution: 32, classes: 5, shallow: true },
  { alpha: 0.2, resolution: 37, classes: 3, conv: true },
  { alpha: 0.3, resolution: 64, classes: 11, shallow: true },
  { alpha: 0.15, resolution: 48, classes: 6, conv: true, shallow: true },
  { alpha: 0.3, resolution: 44, classes: 7, activation: "relu", padding: "symmetric", outputStride: 16 },
  { alpha: 0.15, resolution: 40, classes: 3, conv: true, shallow: true, padding: "symmetric" },
];

const shapes: readonly ContractCheck[] = SHAPES.map((config) => ({
  name: `computes ${describe(config)} within bounds`,
  run: async (backend, options) => {
    const subject = fixture(config);
    await subject.use(backend, options, (session) => subject.assertInfers(session, 1, "in one inference"));
  },
}));

function describe(config: ModelConfig): string {
  const { alpha, resolution, classes } = config;
  const [, , , , ...variant] = formatModelName(config).split("_");
  return `${[`α ${alpha} at ${resolution}`, ...variant].join(" ")} with ${classes} ${classes === 1 ? "class" : "classes"}`;
}

export const outputs: readonly ContractCheck[] = [
  ...shapes,
  {
    name: "computes batches as single images, in their order",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      await subject.use(backend, options, async (session) => {
        requireAbility(session, "inferBatch");
        for (const batch of [3, 1, 2]) {
          const images = Array.from({ length: batch }, (_, i) => subject.image(i));
          const logits = await session.inferBatch(concatenate(images), batch);
          const { classes } = subject.model;
          assert(
            logits.length === batch * classes,
            `A batch of ${batch} has ${logits.length} logits, but ${batch} × ${classes} are needed.`,
          );
          for (let i = 0; i < batch; i++)
            subject.assertLogits(
              session,
              logits.slice(i * classes, (i + 1) * classes),
              i,
              `for image ${i} of a batch of ${batch}`,
            );
        }
        await subject.assertInfers(session, 1, "alone after batches");
      });
    },
  },
  {
    name: "refuses batches that do not fit their input",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      await subject.use(backend, options, async (session) => {
        requireAbility(session, "inferBatch");
        const one = subject.image(1);
        for (const batch of [0, -1, 0.5, 2, NaN])
          await assertRejects(
            () => session.inferBatch(one, batch),
            InputError,
            `One image as a batch of ${batch}`,
          );
      });
    },
  },
  {
    name: "repeats an inference to the last bit",
    run: async (backend, options) => {
      const subject = fixture(SMALL);
      await subject.use(backend, options, async (session) => {
        const first = Float32Array.from(await session.infer(subject.image(1)));
        for (let i = 0; i < 3; i++) {
          await session.infer(subject.image(2));
          const again = await session.infer(subject.image(1));
          const differs = first.findIndex((value, i) => !Object.is(value, again[i]));
          assert(
            differs < 0 && again.length === first.length,
            `The same input gives ${again[differs]} after ${first[differs]} as logit ${differs}.`,
          );
        }
      });
    },
  },
];

function concatenate(images: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(images.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const image of images) {
    all.set(image, offset);
    offset += image.length;
  }
  return all;
}
