import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BATCH_NORM,
  createModel,
  elements,
  foldBatchNorm,
  generateWeights,
  linear,
  parseModelName,
  SpecError,
  weightedLayers,
  weightShapes,
  type Model,
  type Tensor,
  type Weights,
} from "@mobilenet-bench/spec";

const model = parseModelName("mobilenet_v1_0.25_64", 7);
const weights = generateWeights(model);

/** SHA-256 over names, shapes and bits of all tensors in order (little-endian, as every engine today). */
function fingerprint({ tensors, epsilon }: Weights): string {
  const hash = createHash("sha256").update(String(epsilon));
  for (const [name, { shape, data }] of tensors)
    hash
      .update(`${name}[${shape.join()}]`)
      .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hash.digest("hex");
}

/** The same weights with one tensor changed, or left out. */
function altered(name: string, change: (tensor: Tensor) => Tensor | undefined): Weights {
  const tensors = new Map(weights.tensors);
  const old = tensors.get(name);
  const tensor = old && change(old);
  if (tensor) tensors.set(name, tensor);
  else tensors.delete(name);
  return { ...weights, tensors };
}

describe("generated weights", () => {
  // These bits are part of what a measurement means: change them only on purpose, and say so in the history.
  test.each([
    ["mobilenet_v1_0.25_128", 1, "013c2337d4e95b6bfcc1a6a5fdf79778bfd7e02ee8a563b004e6793039923d9e"],
    ["mobilenet_v1_0.25_128", 2, "a4577e39c1ba6115c1f6e4964e5ac51840cdb6968e71d10c626df7475ffb5429"],
    ["mobilenet_v1_1.0_224", 1, "ce4a7388e28f9c76929fd8134237abfc37de7e25a462617b0a62baeb42e28877"],
    [
      "mobilenet_v1_0.25_64_conv_shallow",
      1,
      "b654f2e895c420b6352767c9243f317fb3dc4a6166016f65d5060acac786c64e",
    ],
  ])("%s with seed %i are the same bits as ever", (name, seed, expected) => {
    expect(fingerprint(generateWeights(parseModelName(name), seed))).toBe(expected);
  });

  test("do not depend on the resolution", () => {
    expect(fingerprint(generateWeights(parseModelName("mobilenet_v1_0.25_33", 7)))).toBe(
      fingerprint(weights),
    );
  });

  test("have exactly the tensors that the model needs", () => {
    const shapes = new Map([...weights.tensors].map(([name, { shape }]) => [name, shape]));
    expect(shapes).toEqual(weightShapes(model));
    for (const { shape, data } of weights.tensors.values())
      expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));
  });

  test("have positive variances and scales", () => {
    const positive = [...weights.tensors].filter(([name]) => /gamma|variance/.test(name));
    expect(positive).toHaveLength(2 * 27);
    for (const [, { data }] of positive) expect(Math.min(...data)).toBeGreaterThan(0);
  });
});

/**
 * Rounding each weight and bias once to float32 costs at most 2⁻²⁴ of the sum of magnitudes; the rest is for
 * float64 itself.
 */
const ROUNDING = 2 ** -24 * 1.01;

describe("folding", () => {
  test("equals batch norm done on its own, up to float32 rounding", () => {
    for (const variant of [{}, { conv: true, shallow: true }]) {
      const tiny = createModel({ alpha: 0.1, resolution: 32, classes: 3, ...variant });
      expect(foldingError(tiny, generateWeights(tiny, 5))).toBeLessThan(ROUNDING);
    }
  });

  test("holds for any batch norm", () => {
    const tiny = createModel({ alpha: 0.1, resolution: 32, classes: 1, shallow: true });
    const base = generateWeights(tiny);
    // Products of what is smaller may be subnormal in float32, where fewer bits are left than the bound is for.
    const range = fc
      .double({ min: -3, max: 3, noNaN: true })
      .map((value) => (Math.abs(value) < 1e-30 ? 0 : value));
    const positive = fc.double({ min: 1e-6, max: 10, noNaN: true });
    fc.assert(
      fc.property(range, range, range, positive, (gamma, beta, mean, variance) => {
        const values = { gamma, beta, moving_mean: mean, moving_variance: variance };
        const tensors = new Map(base.tensors);
        for (const statistic of BATCH_NORM)
          for (const [name, { shape, data }] of base.tensors)
            if (name.endsWith(`/${statistic}`))
              tensors.set(name, { shape, data: data.map((_, c) => values[statistic] * (1 + (c % 3) / 10)) });
        expect(foldingError(tiny, { ...base, tensors })).toBeLessThan(ROUNDING);
      }),
      { numRuns: 10 },
    );
  });

  test("leaves the classifier as it is", () => {
    const folded = foldBatchNorm(model, weights).get("Logits");
    expect(folded?.kernel).toEqual(weights.tensors.get("Logits/weights")?.data);
    expect(folded?.bias).toEqual(weights.tensors.get("Logits/biases")?.data);
  });

  test("refuses a missing tensor", () => {
    for (const name of ["Conv2d_3_depthwise/gamma", "Conv2d_0/weights", "Logits/biases"])
      expect(() =>
        foldBatchNorm(
          model,
          altered(name, () => undefined),
        ),
      ).toThrow(new SpecError(`tensor "${name}" is missing from the weights. They belong to another model.`));
  });

  test("refuses a wrong shape, also one of the right size", () => {
    const name = "Conv2d_1_pointwise/weights";
    const transposed = altered(name, ({ shape, data }) => ({ shape: shape.toReversed(), data }));
    expect(() => foldBatchNorm(model, transposed)).toThrow(
      /shape \[16, 8, 1, 1\].*\[1, 1, 8, 16\] is needed/,
    );
    const short = altered(name, ({ shape, data }) => ({ shape, data: data.subarray(1) }));
    expect(() => foldBatchNorm(model, short)).toThrow(SpecError);
  });

  test.each([NaN, Infinity, -Infinity])("refuses %d anywhere", (bad) => {
    for (const name of weights.tensors.keys()) {
      const spoilt = altered(name, ({ shape, data }) => ({ shape, data: data.with(data.length - 1, bad) }));
      expect(() => foldBatchNorm(model, spoilt)).toThrow(`tensor "${name}" holds NaN or infinity`);
    }
  });

  test("refuses weights of another model", () => {
    const other = generateWeights(parseModelName("mobilenet_v1_0.5_32", 7));
    expect(() => foldBatchNorm(model, other)).toThrow(SpecError);
  });

  test("refuses a variance whose square root is no number", () => {
    const negative = altered("Conv2d_0/moving_variance", ({ shape, data }) => ({
      shape,
      data: data.with(0, -1),
    }));
    expect(() => foldBatchNorm(model, negative)).toThrow(SpecError);
  });
});

/**
 * The greatest error, over all convolutions, of folded weights against convolution and then batch norm in
 * float64, as a fraction of the sum of magnitudes.
 */
function foldingError(tiny: Model, unfolded: Weights): number {
  let worst = 0;
  const folded = foldBatchNorm(tiny, unfolded);
  for (const layer of weightedLayers(tiny)) {
    if (layer.type === "dense") continue;
    const part = folded.get(layer.name);
    const kernel = unfolded.tensors.get(`${layer.name}/weights`)?.data;
    if (!part || !kernel) throw new Error(`${layer.name} is missing.`);
    const [gamma, beta, mean, variance] = BATCH_NORM.map(
      (statistic) => unfolded.tensors.get(`${layer.name}/${statistic}`)?.data ?? new Float32Array(),
    );
    const channels = layer.output[2];
    const input = new Float64Array(elements(layer.input)).map((_, i) => (i * 37) % 11);
    const none = new Float64Array(channels);
    const sums = linear(layer, kernel, none, input);
    const magnitudes = linear(layer, part.kernel.map(Math.abs), part.bias.map(Math.abs), input);
    const actual = linear(layer, part.kernel, part.bias, input);
    for (const [i, sum] of sums.entries()) {
      const c = i % channels;
      const scale = gamma![c]! / Math.sqrt(variance![c]! + unfolded.epsilon);
      const expected = scale * (sum - mean![c]!) + beta![c]!;
      worst = Math.max(worst, Math.abs(actual[i]! - expected) / (magnitudes[i]! || 1));
    }
  }
  return worst;
}
