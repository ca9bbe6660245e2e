import type { Prediction, Tensor } from "@mobilenet-bench/spec";
import { describe } from "./describe.ts";
import { REMEDIES } from "./remedies.ts";
import type { Operation } from "./source-graph.ts";
import type { Walk } from "./walk.ts";

export interface FoundClassifier {
  /** [in, out] */
  readonly kernel: Tensor;
  readonly biases: Tensor;
  readonly predictions: Prediction;
}

/**
 * Reads the average pool, the classifier as dense layer or 1×1 convolution, and what may follow: changes of shape and
 * one softmax or sigmoid.
 * @param size height and width before the pool
 * @throws ModelFileError where anything else stands there
 */
export function readClassifier(walk: Walk, size: number, channels: number): FoundClassifier {
  takePool(walk, size);
  walk.map("AvgPool");
  takeReshapes(walk, channels);
  const { kernel, bias } = takeDense(walk, channels);
  const classes = kernel.shape[1] ?? 0;
  const data = takeBiases(walk, classes, bias);
  walk.map("Logits");
  takeReshapes(walk, classes);
  const end = walk.take("softmax", "sigmoid");
  if (end) walk.map("Predictions");
  takeReshapes(walk, classes);
  if (walk.peek())
    throw walk.refusal("nothing but one softmax or sigmoid behind the classifier", undefined, REMEDIES.end);
  return { kernel, biases: { shape: [classes], data }, predictions: end?.type ?? "softmax" };
}

/** One pixel is its own average, so that there may be no pool; or the means of rows and of columns are taken in turn. */
function takePool(walk: Walk, size: number) {
  if (walk.take("global-average")) return;
  const averaged = new Set<string>();
  for (let mean = walk.take("average"); mean; mean = walk.take("average")) averaged.add(mean.over);
  if (averaged.size === 2) return;
  const words = `an average pool over all ${size}×${size} pixels as AvgPool`;
  const pool = walk.peek()?.operation;
  if (size === 1 && pool?.type !== "average-pool") return;
  const usual = walk.peek() ? REMEDIES.pool : REMEDIES.backbone;
  if (pool?.type !== "average-pool" || pool.height !== size || pool.width !== size)
    throw walk.refusal(words, undefined, usual);
  const { padding, stride } = pool;
  const isWhole =
    typeof padding === "string" ? stride >= size : Object.values(padding).every((pixels) => pixels === 0);
  if (!isWhole) throw walk.refusal(words, `${describe(pool)} with padding`, usual);
  walk.take("average-pool");
}

/** Where height and width are 1, any shape with all channels of an image side by side means the same. */
function takeReshapes(walk: Walk, channels: number) {
  for (let next = walk.peek()?.operation; next?.type === "reshape"; next = walk.peek()?.operation) {
    if (next.shape && !keepsImages(next.shape, channels))
      throw walk.refusal(
        `a shape that keeps the ${channels} values of an image together`,
        undefined,
        REMEDIES.flatten,
      );
    walk.take("reshape");
  }
}

function keepsImages([, ...rest]: readonly (number | null)[], channels: number): boolean {
  const known = rest.filter((size) => size !== null);
  const product = known.reduce((product, size) => product * size, 1);
  // Open axes take what the known ones leave.
  return product === channels || (product === 1 && known.length < rest.length);
}

function takeDense(walk: Walk, channels: number): { kernel: Tensor; bias: Float32Array | undefined } {
  const words = `the classifier, a dense layer or 1×1 convolution from ${channels} channels, as Logits`;
  const operation = walk.peek()?.operation;
  const usual = operation ? REMEDIES.head : REMEDIES.backbone;
  if (operation?.type !== "dense" && operation?.type !== "convolution")
    throw walk.refusal(words, undefined, usual);
  const kernel = denseKernel(operation);
  const [inputs, classes] = kernel?.shape ?? [];
  if (!kernel || inputs !== channels || classes === undefined || classes < 1)
    throw walk.refusal(words, undefined, usual);
  walk.take(operation.type);
  return { kernel, bias: operation.bias };
}

function denseKernel(operation: Extract<Operation, { type: "dense" | "convolution" }>): Tensor | undefined {
  const { kernel } = operation;
  const { shape } = kernel;
  if (operation.type === "dense") return shape.length === 2 ? kernel : undefined;
  const isUnpadded =
    typeof operation.padding === "string" || Object.values(operation.padding).every((pixels) => pixels === 0);
  if (shape.length !== 4 || shape[0] !== 1 || shape[1] !== 1 || !isUnpadded) return undefined;
  // The plane is 1×1 here, so that a stride means nothing.
  return { shape: shape.slice(2), data: kernel.data };
}

function takeBiases(walk: Walk, classes: number, bias: Float32Array | undefined): Float32Array {
  let sum = bias;
  if (sum && sum.length !== classes)
    throw walk.refusal(`${classes} biases of Logits`, `${sum.length}`, REMEDIES.broken);
  for (;;) {
    takeReshapes(walk, classes);
    const add = walk.peek()?.operation;
    if (add?.type !== "add") break;
    const { values } = add;
    if (values.length !== classes && values.length !== 1)
      throw walk.refusal(
        `${classes} values, one per class`,
        `${describe(add)} with ${values.length}`,
        REMEDIES.broken,
      );
    const previous = sum;
    sum = Float32Array.from({ length: classes }, (_, c) => {
      const value = values.length === 1 ? values[0]! : values[c]!;
      return previous ? previous[c]! + value : value;
    });
    walk.take("add");
  }
  return sum ?? new Float32Array(classes);
}
