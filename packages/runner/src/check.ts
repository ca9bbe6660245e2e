import {
  checkLogits,
  compareLayers,
  divergence,
  eachExpectedLayer,
  expectLogits,
  precisionOf,
  type Backend,
  type Divergence,
  type Expected,
  type ExpectedLayer,
  type LogitsCheck,
  type Options,
  type Session,
} from "@mobilenet-bench/backend";
import { computedLayers, syntheticImage, type Model, type Weights } from "@mobilenet-bench/spec";
import { digest } from "./digest.ts";
import type { Findings, Variation } from "./findings.ts";

/** What a backend is checked on. */
export interface CheckInputs {
  readonly model: Model;
  readonly weights: Weights;
  readonly input: Float32Array;
  /** Of the further images. */
  readonly seed: number;
  readonly options: Options;
  /** Images to infer at once, where the session can; 1 for none. */
  readonly batch: number;
}

/** Logits as a session returned them. */
interface Output {
  /** Which image: 0 is the input. */
  readonly image: number;
  readonly when: string;
  readonly logits: Float32Array;
  /** Of the bits at that time: they belong to the caller, and nobody may touch them later. */
  readonly digest: string;
  /** What is varied against the image's first inference. */
  readonly varies?: Variation;
}

/**
 * Checks the logits of every inference, every layer as far as the session lets them be had, and compares the bits of
 * inferences that should be equal: two inputs, then both in the other order, then in another session.
 */
export async function check(backend: Backend, inputs: CheckInputs): Promise<Findings> {
  const { model, weights, input, seed, options, batch } = inputs;
  const images = Array.from({ length: Math.max(2, batch) }, (_, i) =>
    i === 0 ? input : syntheticImage(model.resolution, seed + i),
  );
  const outputs: Output[] = [];
  // One array for all: whoever remembers answers by the array is wrong.
  const array = input.slice();
  const infer = async (session: Session, image: number, when: string, varies?: Variation) => {
    array.set(images[image]!);
    const logits = await session.infer(array);
    outputs.push({ image, when, logits, digest: digest(logits), ...(varies && { varies }) });
  };

  const expected: Expected[] = [];
  const session = await backend.load(model, weights, options);
  const { actual } = session;
  const precision = precisionOf(actual);
  const { layers, inBatch } = await using(session, async () => {
    // The input is not the first that the session sees: what it keeps of another one shows in the layers, too.
    await infer(session, 1, "of the first inference");
    await infer(session, 0, "of another input");
    await infer(session, 0, "of the same input again", "repeat");
    await infer(session, 1, "of the first input, after others", "order");
    const inBatch = await inferBatch(session, images.slice(0, batch), model.classes);
    const known = eachExpectedLayer(model, weights, input, precision);
    const layers = await compareLayers(
      session,
      input,
      tapped(known, ({ chained }) => (expected[0] = chained)),
    );
    return { layers, inBatch };
  });
  const second = await backend.load(model, weights, options);
  await using(second, async () => {
    await infer(second, 0, "of another session", "reload");
    await infer(second, 1, "of another session, after another input", "reload");
  });
  outputs.push(...inBatch);

  const expectedOf = (image: number) =>
    (expected[image] ??= expectLogits(model, weights, images[image]!, precision));
  const { check: logits, worst } = worstOf(outputs, expectedOf, model);
  const first = (image: number) => outputs.find((output) => output.image === image)?.digest ?? "";
  const differing = outputs.filter((output) => output.digest !== first(output.image));
  return {
    actual,
    logits,
    ...(worst && { worstLogit: worst }),
    layers,
    bits: {
      digests: [first(0), first(1)],
      differ: [...new Set(differing.flatMap(({ varies }) => varies ?? []))],
    },
    expected: expectedOf(0),
    ...(inBatch.length > 0 && { batch: inBatch.length }),
  };
}

async function using<T>(session: Session, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } finally {
    await session.dispose();
  }
}

async function inferBatch(
  session: Session,
  images: readonly Float32Array[],
  classes: number,
): Promise<Output[]> {
  if (images.length < 2 || !session.inferBatch) return [];
  const length = images[0]!.length;
  const together = new Float32Array(images.length * length);
  for (const [i, image] of images.entries()) together.set(image, i * length);
  const logits = await session.inferBatch(together, images.length);
  return images.map((_, image) => {
    const own = logits.subarray(image * classes, (image + 1) * classes);
    const when = `of image ${image + 1} in a batch of ${images.length}`;
    return { image, when, logits: own, digest: digest(own), varies: "batch" };
  });
}

/** The items as they are, each shown to somebody on its way. */
function* tapped(items: Iterable<ExpectedLayer>, see: (item: ExpectedLayer) => void) {
  for (const item of items) {
    see(item);
    yield item;
  }
}

/** Of all outputs the one that is wrong first, else the one nearest to its bounds. */
function worstOf(
  outputs: readonly Output[],
  expectedOf: (image: number) => Expected,
  model: Model,
): { check: LogitsCheck; worst?: Divergence } {
  const classifier = computedLayers(model).at(-1)!;
  let nearest: LogitsCheck | undefined;
  for (const { image, when, logits, digest: before } of outputs) {
    const expected = expectedOf(image);
    const check = checkLogits(logits, expected);
    const fault = digest(logits) === before ? check.reason : "They changed after they were returned.";
    if (fault !== undefined) {
      const wrong = { ...check, ok: false, reason: `The logits ${when}: ${fault}` };
      const found = divergence(classifier, "chained", logits, expected, check);
      return { check: wrong, worst: { ...found, reason: wrong.reason } };
    }
    if (!nearest || check.worstFraction > nearest.worstFraction) nearest = check;
  }
  if (!nearest) throw new Error("[runner] there is no inference to check. This is a bug; please report it.");
  return { check: nearest };
}
