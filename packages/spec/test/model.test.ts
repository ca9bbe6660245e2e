import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createModel,
  elements,
  INPUT,
  inputLength,
  SpecError,
  thin,
  weightedLayers,
  weightShapes,
  type ModelConfig,
} from "@mobilenet-bench/spec";

/** Any configuration that is small enough to count one by one. */
const small = fc.record({
  alpha: fc.double({ min: 0.01, max: 0.4, noNaN: true }),
  resolution: fc.integer({ min: 32, max: 70 }),
  classes: fc.integer({ min: 1, max: 50 }),
  conv: fc.boolean(),
  shallow: fc.boolean(),
  activation: fc.constantFrom("relu6" as const, "relu" as const),
  padding: fc.constantFrom("same" as const, "symmetric" as const),
  outputStride: fc.constantFrom(32 as const, 16 as const),
});

describe("totals", () => {
  test("1.0 MobileNet-224, exactly", () => {
    const { multAdds, params } = createModel({ alpha: 1, resolution: 224 });
    expect({ multAdds, params }).toEqual({ multAdds: 568740352, params: 4209088 });
  });

  // Paper, tables 4 to 7 and 9, rounded; 290 and 76 are cut off there (see PAPER_DIFFERENCES).
  test.each<[ModelConfig, number, number]>([
    [{ alpha: 1, resolution: 224 }, 569, 4.2],
    [{ alpha: 0.75, resolution: 224 }, 325, 2.6],
    [{ alpha: 0.5, resolution: 224 }, 149, 1.3],
    [{ alpha: 0.25, resolution: 224 }, 41, 0.5],
    [{ alpha: 1, resolution: 192 }, 418, 4.2],
    [{ alpha: 1, resolution: 160 }, 291, 4.2],
    [{ alpha: 1, resolution: 128 }, 186, 4.2],
    [{ alpha: 0.5, resolution: 160 }, 77, 1.3],
    [{ alpha: 1, resolution: 224, shallow: true }, 307, 2.9],
    [{ alpha: 1, resolution: 224, conv: true }, 4867, 29.3],
    [{ alpha: 0.75, resolution: 192, classes: 120 }, 239, 1.9],
  ])("%o", (config, millions, paramMillions) => {
    const { multAdds, params } = createModel(config);
    expect(Math.round(multAdds / 1e6)).toBe(millions);
    expect(Math.round(params / 1e5) / 10).toBe(paramMillions);
  });

  test("all 16 models of the sweep: parameters depend on α alone, the planes' share of mult-adds on ρ²", () => {
    for (const alpha of [1, 0.75, 0.5, 0.25]) {
      const reference = createModel({ alpha, resolution: 224 });
      const dense = thin(1024, alpha) * 1000;
      for (const resolution of [192, 160, 128]) {
        const model = createModel({ alpha, resolution });
        expect(model.params).toBe(reference.params);
        // Every plane is a multiple of 32 here, so that no rounding of a side intervenes.
        expect((model.multAdds - dense) * 224 ** 2).toBe((reference.multAdds - dense) * resolution ** 2);
      }
    }
  });

  test("are the sums over the layers, and what counting one multiplication at a time gives", () => {
    fc.assert(
      fc.property(small, (config) => {
        const model = createModel(config);
        expect(model.multAdds).toBe(countOneByOne(config));
        expect(model.layers.reduce((sum, { multAdds }) => sum + multAdds, 0)).toBe(model.multAdds);
        expect(model.layers.reduce((sum, { params }) => sum + params, 0)).toBe(model.params);
      }),
      { numRuns: 25 },
    );
  });

  test("parameters are the sizes of the kernels", () => {
    fc.assert(
      fc.property(small, (config) => {
        const model = createModel(config);
        const shapes = weightShapes(model);
        for (const layer of weightedLayers(model))
          expect(shapes.get(`${layer.name}/weights`)?.reduce((a, b) => a * b)).toBe(layer.params);
      }),
    );
  });
});

describe("layers", () => {
  test("have the names of the field", () => {
    const blocks = Array.from({ length: 13 }, (_, i) => i + 1);
    expect(createModel({ alpha: 1, resolution: 224 }).layers.map(({ name }) => name)).toEqual([
      "Conv2d_0",
      ...blocks.flatMap((block) => [`Conv2d_${block}_depthwise`, `Conv2d_${block}_pointwise`]),
      "AvgPool",
      "Logits",
      "Predictions",
    ]);
  });

  test("of the variants keep their block numbers", () => {
    const names = createModel({ alpha: 1, resolution: 224, conv: true, shallow: true }).layers.map(
      ({ name }) => name,
    );
    expect(names).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 12, 13]
        .map((block) => `Conv2d_${block}`)
        .concat("AvgPool", "Logits", "Predictions"),
    );
  });

  test("feed each other, end in the classes, and clamp exactly where a batch norm is", () => {
    fc.assert(
      fc.property(small, (config) => {
        const { layers, input, classes } = createModel(config);
        let shape = input;
        let before = INPUT;
        for (const layer of layers) {
          expect(layer.inputs).toEqual([before]);
          expect(layer.input).toEqual(shape);
          before = layer.name;
          shape = layer.output;
          const normalized = ["convolution", "depthwise", "pointwise"].includes(layer.type);
          expect(layer.batchNorm).toBe(normalized);
          expect(layer.activation).toBe(normalized ? config.activation : "none");
        }
        expect(shape).toEqual([1, 1, classes]);
      }),
    );
  });

  test("thin to ⌊α·c⌋ channels, but at least 8", () => {
    expect([thin(32, 0.1), thin(32, 0.35), thin(1024, 1.4), thin(512, 0.75)]).toEqual([8, 11, 1433, 384]);
    expect(createModel({ alpha: 0.35, resolution: 32 }).layers[0]?.output).toEqual([16, 16, 11]);
  });

  test("input length counts every value", () => {
    const model = createModel({ alpha: 1, resolution: 33 });
    expect(inputLength(model)).toBe(33 * 33 * 3);
    expect(elements([2, 3, 5])).toBe(30);
  });
});

test.each<[Partial<ModelConfig>, RegExp]>([
  [{ alpha: 0 }, /alpha is 0\. Use /],
  [{ alpha: -1 }, /alpha is -1\. Use /],
  [{ alpha: NaN }, /alpha is NaN\. Use /],
  [{ alpha: Infinity }, /alpha is Infinity\. Use /],
  [{ resolution: 0 }, /resolution is 0\. Use /],
  [{ resolution: 31 }, /at least 32/],
  [{ resolution: 33.5 }, /whole number/],
  [{ resolution: NaN }, /resolution is NaN/],
  [{ resolution: 1e9 }, /too large to count\. Use smaller/],
  [{ alpha: 1e9 }, /too large to count\. Use smaller/],
  [{ classes: 0 }, /classes is 0\. Use /],
  [{ classes: 1.5 }, /classes is 1\.5\. Use /],
])("%o is refused with a remedy", (config, message) => {
  const create = () => createModel({ alpha: 1, resolution: 224, ...config });
  expect(create).toThrow(SpecError);
  expect(create).toThrow(message);
});

/** The paper's architecture told once more, as loops that count. */
function countOneByOne(config: ModelConfig): number {
  const { alpha, resolution, classes = 1000, conv, shallow, outputStride } = config;
  const strides = [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1];
  const widths = [64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024];
  const width = (channels: number) => Math.max(8, Math.floor(alpha * channels));
  let count = 0;
  let side = Math.ceil(resolution / 2);
  let depth = width(32);
  const pixels = (each: () => void) => {
    for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) each();
  };
  pixels(() => taps(() => (count += 3 * depth)));
  for (const [i, stride] of strides.entries()) {
    if (shallow && i >= 6 && i <= 10) continue;
    const output = width(widths[i] ?? NaN);
    if (i !== 11 || outputStride !== 16) side = Math.ceil(side / stride);
    pixels(() => {
      if (conv) taps(() => (count += depth * output));
      else {
        taps(() => (count += depth));
        count += depth * output;
      }
    });
    depth = output;
  }
  return count + depth * classes;
}

function taps(each: () => void) {
  for (let ky = 0; ky < 3; ky++) for (let kx = 0; kx < 3; kx++) each();
}
