import { describe, expect, it } from "vitest";
import {
  createModel,
  foldBatchNorm,
  generateWeights,
  parseModelName,
  PUBLISHED_ACCURACY,
  publishedAccuracy,
  weightBytes,
} from "@mobilenet-bench/spec";

const ALPHAS = [1, 0.75, 0.5, 0.25];
const RESOLUTIONS = [224, 192, 160, 128];
/** Printed with α = 0.75 rounded otherwise, and one that stands far off: the computed ones are right. */
const PRINTED_OTHERWISE = ["0.75_224", "0.75_192", "0.75_160", "0.75_128", "0.25_192"];

describe("the published accuracy", () => {
  it("is that of the paper's four α at its four resolutions, each once", () => {
    const names = ALPHAS.flatMap((alpha) =>
      RESOLUTIONS.map((resolution) => createModel({ alpha, resolution }).name),
    );
    expect(PUBLISHED_ACCURACY.map(({ model }) => model)).toEqual(names);
  });

  it("falls with the width and with the resolution, and is lower in 8 bits and in fewer guesses", () => {
    for (const [i, one] of PUBLISHED_ACCURACY.entries()) {
      const { float, quantized } = one;
      expect(float.top5).toBeGreaterThan(float.top1);
      expect(quantized.top5).toBeGreaterThan(quantized.top1);
      expect(quantized.top1).toBeLessThan(float.top1);
      expect(quantized.top5).toBeLessThanOrEqual(float.top5);
      const narrower = PUBLISHED_ACCURACY[i + RESOLUTIONS.length];
      const smaller = (i + 1) % RESOLUTIONS.length === 0 ? undefined : PUBLISHED_ACCURACY[i + 1];
      for (const less of [narrower, smaller]) if (less) expect(less.float.top1).toBeLessThan(float.top1);
    }
  });

  it("is printed beside mult-adds that are the computed ones, but for five", () => {
    const otherwise = PUBLISHED_ACCURACY.filter(({ model, printedMultAdds }) => {
      const computed = parseModelName(model).multAdds / 1e6;
      return Math.abs(computed - printedMultAdds) > 1;
    });
    expect(otherwise.map(({ model }) => model.replace("mobilenet_v1_", ""))).toEqual(PRINTED_OTHERWISE);
  });

  it("is found by the canonical name, and is told of no other network", () => {
    expect(publishedAccuracy("mobilenet_v1_1.0_224")).toMatchObject({ float: { top1: 70.9, top5: 89.9 } });
    expect(publishedAccuracy("mobilenet_v1_0.25_128")).toMatchObject({ quantized: { top1: 39.9 } });
    for (const name of ["mobilenet_v1_1.0_224_conv", "mobilenet_v1_1.0_160_shallow", "mobilenet_v1_0.9_224"])
      expect(publishedAccuracy(name)).toBeUndefined();
  });
});

describe("the bytes of weights", () => {
  it("are those of folded kernels and biases", () => {
    const model = parseModelName("mobilenet_v1_0.25_64");
    const folded = [...foldBatchNorm(model, generateWeights(model)).values()];
    const bytes = folded.reduce((sum, { kernel, bias }) => sum + kernel.byteLength + bias.byteLength, 0);
    expect(weightBytes(model, 4)).toBe(bytes);
  });

  it("are fewer where kernels are stored in less", () => {
    const model = parseModelName("mobilenet_v1_1.0_224");
    expect(weightBytes(model, 4) - weightBytes(model, 2)).toBe(2 * model.params);
    expect(weightBytes(model, 2) - weightBytes(model, 1)).toBe(model.params);
  });
});
