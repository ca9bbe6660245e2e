import { readFile } from "node:fs/promises";
import { wasm } from "@mobilenet-bench/backend-wasm";
import { readSafetensors } from "@mobilenet-bench/model-files/safetensors";
import {
  CLASSES,
  HELD_OUT_ACCURACY,
  pictureInput,
  pictureLabel,
  TRAINED_MODEL,
} from "@mobilenet-bench/trained";
import { expect, it } from "vitest";

const MAX_BYTES = 3 * 1024 * 1024;
const PICTURES = 480;
/** Of a normal distribution: one honest test in 30 000 falls outside. */
const STANDARD_ERRORS = 4;

const bytes = await readFile(TRAINED_MODEL);
const { model, weights, labels } = readSafetensors(bytes);

it("is small, and a model of the family that names its classes", () => {
  expect(bytes.length).toBeLessThanOrEqual(MAX_BYTES);
  expect(model).toMatchObject({ name: "mobilenet_v1_0.25_64", classes: CLASSES.length });
  expect(labels).toEqual(CLASSES);
});

it("is neither poor nor perfect", () => {
  const accuracy = HELD_OUT_ACCURACY.correct / HELD_OUT_ACCURACY.pictures;
  expect(accuracy).toBeGreaterThan(0.8);
  expect(accuracy).toBeLessThan(0.96);
});

it("is as good on held-out pictures that were not counted as is stated", { timeout: 120_000 }, async () => {
  const session = await wasm.load(model, weights);
  let correct = 0;
  for (let i = 0; i < PICTURES; i++) {
    const index = HELD_OUT_ACCURACY.pictures + i;
    const logits = await session.infer(pictureInput("held-out", index, model.resolution));
    if (logits.indexOf(Math.max(...logits)) === pictureLabel(index)) correct++;
  }
  await session.dispose();
  const stated = HELD_OUT_ACCURACY.correct / HELD_OUT_ACCURACY.pictures;
  const standardError = Math.sqrt(stated * (1 - stated) * (1 / PICTURES + 1 / HELD_OUT_ACCURACY.pictures));
  expect(Math.abs(correct / PICTURES - stated)).toBeLessThan(STANDARD_ERRORS * standardError);
});
