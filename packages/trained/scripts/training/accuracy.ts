import type { Backend } from "@mobilenet-bench/backend";
import type { Model, Weights } from "@mobilenet-bench/spec";
import { CLASSES, pictureInput, pictureLabel, type Split } from "@mobilenet-bench/trained";

export interface Accuracy {
  readonly pictures: number;
  /** Pictures whose own class has the largest logit. */
  readonly correct: number;
  /** [label][prediction], counts */
  readonly confusion: readonly (readonly number[])[];
}

/** Classifies the first pictures of a split. */
export async function measureAccuracy(
  backend: Backend,
  model: Model,
  weights: Weights,
  split: Split,
  pictures: number,
): Promise<Accuracy> {
  const confusion = CLASSES.map(() => CLASSES.map(() => 0));
  const session = await backend.load(model, weights);
  for (let i = 0; i < pictures; i++) {
    const logits = await session.infer(pictureInput(split, i, model.resolution));
    confusion[pictureLabel(i)]![logits.indexOf(Math.max(...logits))]!++;
  }
  await session.dispose();
  return { pictures, correct: confusion.reduce((sum, row, label) => sum + row[label]!, 0), confusion };
}
