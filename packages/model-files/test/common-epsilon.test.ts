import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_EPSILON, withCommonEpsilon } from "../src/graph/common-epsilon.ts";
import { normalize } from "../src/graph/normalization.ts";

const float = fc.float({
  noNaN: true,
  noDefaultInfinity: true,
  min: Math.fround(-1e20),
  max: Math.fround(1e20),
});
const floats = fc.array(float, { minLength: 4, maxLength: 4 }).map((values) => Float32Array.from(values));
const epsilon = fc.double({ min: 0, max: MAX_EPSILON, noNaN: true });
const CHANNELS = 4;

/** As the spec folds: what kernel values are multiplied with, and the bias. */
function fold(one: ReturnType<typeof withCommonEpsilon>, index: number) {
  const norm = one.norms[index];
  if (!norm) throw new Error("No such norm.");
  const scale = Array.from(
    norm.gamma,
    (gamma, c) => gamma / Math.sqrt(norm.moving_variance[c]! + one.epsilon),
  );
  const bias = Float32Array.from(norm.beta, (beta, c) => beta - scale[c]! * norm.moving_mean[c]!);
  return { scale, bias };
}
const norm = (epsilon: number) =>
  ({
    type: "batch-norm",
    gamma: Float32Array.of(1, 2, 3, 4),
    beta: Float32Array.of(-1, 0, 1, 2),
    mean: Float32Array.of(0.5, 1.5, -0.5, 3),
    variance: Float32Array.of(0.1, 1, 2, 30),
    epsilon,
  }) as const;

describe("weights with one ε", () => {
  test("a folded layer keeps its bits beside unfolded ones, whatever their ε", () => {
    fc.assert(
      fc.property(floats, floats, epsilon, (bias, scale, ε) => {
        const common = withCommonEpsilon([
          normalize(CHANNELS, undefined, [norm(ε)]),
          normalize(CHANNELS, bias, []),
          normalize(CHANNELS, undefined, [
            { type: "multiply", values: scale },
            { type: "add", values: bias },
          ]),
        ]);
        expect(common.epsilon).toBe(ε);
        expect(fold(common, 1)).toEqual({ scale: [1, 1, 1, 1], bias });
        expect(fold(common, 2)).toEqual({ scale: [...scale], bias });
      }),
    );
  });

  test("the sign of a zero is kept too", () => {
    const zeros = Float32Array.of(0, -0, 0, -0);
    for (const sign of [1, -1, 0, -0]) {
      const scale = Float32Array.of(sign, sign, sign, sign);
      const common = withCommonEpsilon([
        normalize(CHANNELS, undefined, [
          { type: "multiply", values: scale },
          { type: "add", values: zeros },
        ]),
      ]);
      expect(fold(common, 0)).toEqual({ scale: [...scale], bias: zeros });
    }
  });

  test("and alone, with an ε of 0", () => {
    fc.assert(
      fc.property(floats, (bias) => {
        const common = withCommonEpsilon([normalize(CHANNELS, bias, [])]);
        expect(common.epsilon).toBe(0);
        expect(common.norms[0]?.moving_variance).toEqual(Float32Array.of(1, 1, 1, 1));
        expect(fold(common, 0)).toEqual({ scale: [1, 1, 1, 1], bias });
      }),
    );
  });

  test("the most frequent ε wins, and the others' layers compute the same as far as float32 goes", () => {
    const all = [1e-3, 1e-5, 1e-3].map((ε) => normalize(CHANNELS, undefined, [norm(ε)]));
    const common = withCommonEpsilon(all);
    expect(common.epsilon).toBe(1e-3);
    expect(common.notes).toEqual([
      "1 of 3 convolutions have another ε than the others' 0.001: their γ was scaled.",
    ]);
    const { scale } = fold(common, 1);
    const { gamma, variance } = norm(1e-5);
    scale.forEach((value, c) => {
      const exact = gamma[c]! / Math.sqrt(variance[c]! + 1e-5);
      expect(Math.abs(value / exact - 1)).toBeLessThanOrEqual(2 ** -24);
    });
  });

  test("the ε that a file names is taken where the network has it rounded", () => {
    const one = [normalize(CHANNELS, undefined, [norm(Math.fround(0.0012345678901))])];
    expect(withCommonEpsilon(one, 0.0012345678901).epsilon).toBe(0.0012345678901);
    expect(withCommonEpsilon(one, 0.00124).epsilon).toBe(Math.fround(0.0012345678901));
  });

  test("several steps are put together and rounded once", () => {
    const steps = [norm(1e-3), { type: "multiply", values: Float32Array.of(3) }, norm(1e-3)] as const;
    const common = withCommonEpsilon([normalize(CHANNELS, Float32Array.of(1, 2, 3, 4), steps)]);
    expect(common.notes.at(-1)).toBe(
      "1 of 1 convolutions have several steps in place of batch norm: they were put together and rounded once.",
    );
    const { gamma, beta, mean, variance } = norm(1e-3);
    const { scale, bias } = fold(common, 0);
    for (let c = 0; c < CHANNELS; c++) {
      const y = (x: number) => ((x - mean[c]!) / Math.sqrt(variance[c]! + 1e-3)) * gamma[c]! + beta[c]!;
      const exact = (x: number) => y(3 * y(x + c + 1));
      for (const x of [0, 1]) expect(scale[c]! * x + bias[c]!).toBeCloseTo(exact(x), 3);
    }
  });
});
