import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatModelName, parseModelName, shortModelName, SpecError } from "@mobilenet-bench/spec";

test("a name is parsed to the model that formats to it", () => {
  const configs = fc.record({
    alpha: fc.double({ min: 1e-9, max: 50, noNaN: true }),
    resolution: fc.integer({ min: 32, max: 2000 }),
    conv: fc.boolean(),
    shallow: fc.boolean(),
    activation: fc.constantFrom("relu6" as const, "relu" as const),
    padding: fc.constantFrom("same" as const, "symmetric" as const),
    outputStride: fc.constantFrom(32 as const, 16 as const),
    predictions: fc.constantFrom("softmax" as const, "sigmoid" as const),
  });
  fc.assert(
    fc.property(configs, (config) => {
      const name = formatModelName(config);
      const model = parseModelName(name);
      expect(model).toMatchObject({ ...config, name, classes: 1000 });
      expect(parseModelName(shortModelName(name)).name).toBe(name);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["mobilenet_v1_1_224", "mobilenet_v1_1.0_224"],
  ["mobilenet_v1_1.00_224", "mobilenet_v1_1.0_224"],
  ["mobilenet_v1_0.50_160", "mobilenet_v1_0.5_160"],
  ["mobilenet_v1_0.35_33", "mobilenet_v1_0.35_33"],
  ["mobilenet_v1_2_0224", "mobilenet_v1_2.0_224"],
  ["mobilenet_v1_1_224_conv", "mobilenet_v1_1.0_224_conv"],
  ["mobilenet_v1_1_224_shallow", "mobilenet_v1_1.0_224_shallow"],
  ["mobilenet_v1_0.750_96_conv_shallow", "mobilenet_v1_0.75_96_conv_shallow"],
  ["mobilenet_v1_0.25_96_relu", "mobilenet_v1_0.25_96_relu"],
  ["1_224_symmetric", "mobilenet_v1_1.0_224_symmetric"],
  ["0.50_96_shallow_relu_symmetric_os16", "mobilenet_v1_0.5_96_shallow_relu_symmetric_os16"],
  ["0.5_160", "mobilenet_v1_0.5_160"],
  ["1_224_conv", "mobilenet_v1_1.0_224_conv"],
])("%s is written %s", (name, canonical) => {
  expect(parseModelName(name).name).toBe(canonical);
});

test("the number of classes is no part of the name", () => {
  expect(parseModelName("mobilenet_v1_1.0_224", 120)).toMatchObject({
    classes: 120,
    name: "mobilenet_v1_1.0_224",
  });
});

describe("what is no model is refused, with a remedy", () => {
  test.each([
    ["", /Write mobilenet_v1_ALPHA_RESOLUTION/],
    ["resnet50", /Write mobilenet_v1_/],
    ["mobilenet_v2_1.0_224", /Write mobilenet_v1_/],
    ["resnet_50", /Write mobilenet_v1_/],
    ["-1_224", /alpha is -1/],
    ["mobilenet_v1_1.0", /Write mobilenet_v1_/],
    ["mobilenet_v1__224", /Write mobilenet_v1_/],
    ["mobilenet_v1_1.0_", /Write mobilenet_v1_/],
    ["mobilenet_v1_1.0_224_", /Write mobilenet_v1_/],
    ["mobilenet_v1_1.0_224_shallow_conv", /Write mobilenet_v1_/],
    ["mobilenet_v1_1.0_224_conv_conv", /Write mobilenet_v1_/],
    ["mobilenet_v1_1.0_224_relu6", /Write mobilenet_v1_/],
    ["mobilenet_v1_1.0_224_os32", /Write mobilenet_v1_/],
    ["mobilenet_v1_1.0_224_os16_relu", /Write mobilenet_v1_/],
    [" mobilenet_v1_1.0_224", /Write mobilenet_v1_/],
    ["mobilenet_v1_1.0_224\n", /Write mobilenet_v1_|Use a number/],
    ["mobilenet_v1_abc_224", /alpha is "abc"\. Use a number/],
    ["mobilenet_v1_NaN_224", /alpha is "NaN"\. Use a number/],
    ["mobilenet_v1_Infinity_224", /alpha is "Infinity"\. Use a number/],
    ["mobilenet_v1_0x10_224", /alpha is "0x10"\. Use a number/],
    ["mobilenet_v1_ _224", /alpha is " "\. Use a number/],
    ["mobilenet_v1_1e400_224", /alpha is Infinity\. Use/],
    ["mobilenet_v1_-1_224", /alpha is -1\. Use/],
    ["mobilenet_v1_0_224", /alpha is 0\. Use/],
    ["mobilenet_v1_-0_224", /alpha is 0\. Use/],
    ["mobilenet_v1_1.0_0", /resolution is 0\. Use/],
    ["mobilenet_v1_1.0_-224", /resolution is -224\. Use/],
    ["mobilenet_v1_1.0_31", /resolution is 31\. Use/],
    ["mobilenet_v1_1.0_33.5", /resolution is 33\.5\. Use/],
    ["mobilenet_v1_1.0_0x20", /resolution is "0x20"\. Use/],
    ["mobilenet_v1_1.0_99999999999", /too large to count\. Use/],
  ])("%j", (name, message) => {
    expect(() => parseModelName(name)).toThrow(SpecError);
    expect(() => parseModelName(name)).toThrow(message);
  });

  test("any other text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseModelName(text)).toThrow(SpecError);
        expect(() => parseModelName(`mobilenet_v1_${text}`)).toThrow(SpecError);
      }),
    );
  });
});
