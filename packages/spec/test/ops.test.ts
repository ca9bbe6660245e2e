import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  activationLayer,
  averagePoolLayer,
  concatenationLayer,
  convolutionLayer,
  forward,
  linear,
  maxPoolLayer,
  normalizationLayer,
  poolLayer,
  sigmoidLayer,
  SpecError,
} from "@mobilenet-bench/spec";

const NONE = new Float64Array();
const numbers = (length: number) => Float64Array.from({ length }, (_, i) => Math.sin(i * 1.3) * 4);
const side = fc.integer({ min: 1, max: 7 });

describe("pools by windows", () => {
  const plane = { name: "pool", kernel: 2, stride: 2, input: [4, 4, 1] } as const;
  const image = Float64Array.from({ length: 16 }, (_, i) => i);

  test("take the largest value, or the mean", () => {
    expect([...forward(maxPoolLayer(plane), NONE, NONE, image)]).toEqual([5, 7, 13, 15]);
    expect([...forward(averagePoolLayer(plane), NONE, NONE, image)]).toEqual([2.5, 4.5, 10.5, 12.5]);
  });

  test("leave out what does not fit without padding, and never see the padding", () => {
    const layer = maxPoolLayer({ ...plane, kernel: 3 });
    expect(layer.output).toEqual([1, 1, 1]);
    const same = { ...plane, kernel: 3, padding: "same" } as const;
    const below = image.map((value) => value - 100);
    expect([...forward(maxPoolLayer(same), NONE, NONE, below)]).toEqual([-90, -89, -86, -85]);
    expect([...forward(averagePoolLayer(same), NONE, NONE, image)]).toEqual([5, 6.5, 11, 12.5]);
  });

  test("over the whole plane are the global pool", () => {
    fc.assert(
      fc.property(side, side, (size, channels) => {
        const input = [size, size, channels] as const;
        const values = numbers(size * size * channels);
        const windowed = averagePoolLayer({ name: "pool", kernel: size, stride: 1, input });
        const global = forward(poolLayer("pool", input), NONE, NONE, values);
        expect([...forward(windowed, NONE, NONE, values)]).toEqual(
          Array.from(global, (value) => expect.closeTo(value, 12)),
        );
      }),
    );
  });
});

describe("concatenation", () => {
  test("puts the channels of every pixel side by side", () => {
    const layer = concatenationLayer("both", [
      { name: "a", output: [1, 2, 2] },
      { name: "b", output: [1, 2, 1] },
    ]);
    expect(layer).toMatchObject({ inputs: ["a", "b"], output: [1, 2, 3], multAdds: 0, params: 0 });
    const output = forward(layer, NONE, NONE, new Float64Array([1, 2, 3, 4]), new Float64Array([5, 6]));
    expect([...output]).toEqual([1, 2, 5, 3, 4, 6]);
  });

  test("refuses planes of different sizes, and nothing", () => {
    const branches = [
      { name: "a", output: [2, 2, 1] },
      { name: "b", output: [2, 3, 1] },
    ] as const;
    expect(() => concatenationLayer("both", branches)).toThrow(/2×2 pixels of "a" and 2×3 of "b"/);
    expect(() => concatenationLayer("both", [])).toThrow(SpecError);
  });
});

describe("a convolution in groups", () => {
  const window = { name: "layer", kernel: 3, stride: 1, channels: 4 } as const;

  test("is that of each part by itself, side by side", () => {
    const whole = convolutionLayer({ ...window, type: "convolution", groups: 2, input: [5, 4, 6] });
    expect(whole.params).toBe(3 * 3 * 3 * 4);
    const [kernel, bias, input] = [numbers(whole.params), numbers(4), numbers(5 * 4 * 6)];
    const part = convolutionLayer({ ...window, type: "convolution", channels: 2, input: [5, 4, 3] });
    /** Of every run of `length` values the half of a group. */
    const half = (values: Float64Array, length: number, group: number) =>
      values.filter((_, i) => Math.floor((i % length) / (length / 2)) === group);
    const output = linear(whole, kernel, bias, input);
    for (const group of [0, 1]) {
      const own = linear(part, half(kernel, 4, group), half(bias, 4, group), half(input, 6, group));
      expect([...half(output, 4, group)]).toEqual([...own]);
    }
  });

  test("with a group for each channel is depthwise", () => {
    const input = [5, 4, 4] as const;
    const grouped = convolutionLayer({ ...window, type: "convolution", groups: 4, input });
    const depthwise = convolutionLayer({ ...window, type: "depthwise", input });
    expect(grouped.params).toBe(depthwise.params);
    const [kernel, bias, values] = [numbers(grouped.params), numbers(4), numbers(5 * 4 * 4)];
    expect([...linear(grouped, kernel, bias, values)]).toEqual(
      Array.from(linear(depthwise, kernel, bias, values), (value) => expect.closeTo(value, 12)),
    );
  });

  test("refuses channels that do not fall into groups", () => {
    const odd = { ...window, type: "convolution", groups: 2, input: [5, 4, 5] } as const;
    expect(() => convolutionLayer(odd)).toThrow(/5 to 4 channels do not fall into 2 groups/);
  });
});

test("normalization divides by what neighbouring channels are", () => {
  const layer = normalizationLayer("norm", [1, 1, 3], { size: 3, alpha: 3, beta: 0.5, bias: 1 });
  const output = forward(layer, NONE, NONE, new Float64Array([1, 2, 2]));
  expect([...output]).toEqual(
    [1 / Math.sqrt(6), 2 / Math.sqrt(10), 2 / 3].map((value) => expect.closeTo(value, 12)),
  );
});

test("sigmoid makes a probability of each logit by itself", () => {
  const logits = new Float64Array([0, Math.log(3), -Math.log(3)]);
  const output = forward(sigmoidLayer("sigmoid", [1, 1, 3]), NONE, NONE, logits);
  expect([...output]).toEqual([0.5, 0.75, 0.25].map((value) => expect.closeTo(value, 12)));
});

test("an activation that stands alone clamps, and changes no input", () => {
  const input = new Float64Array([-1, 3, 9]);
  expect([...forward(activationLayer("clamp", [1, 1, 3], "relu6"), NONE, NONE, input)]).toEqual([0, 3, 6]);
  expect([...input]).toEqual([-1, 3, 9]);
});
