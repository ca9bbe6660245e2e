import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  convolutionLayer,
  denseLayer,
  elements,
  forward,
  linear,
  poolLayer,
  softmaxLayer,
  type Layer,
} from "@mobilenet-bench/spec";
import { naiveLinear } from "./naive.ts";

const NONE = new Float64Array();
const side = fc.integer({ min: 1, max: 9 });
const channels = fc.integer({ min: 1, max: 6 });

/** Any convolution, as the spec builds it. */
const convolutions = fc
  .record({
    type: fc.constantFrom("convolution" as const, "depthwise" as const, "pointwise" as const),
    height: side,
    width: side,
    depth: channels,
    output: channels,
    kernel: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ type, height, width, depth, output, kernel, stride }) =>
    convolutionLayer({
      name: "layer",
      type,
      kernel: type === "pointwise" ? 1 : kernel,
      stride: type === "pointwise" ? 1 : stride,
      input: [height, width, depth],
      channels: type === "depthwise" ? depth : output,
    }),
  );
const pools = fc.tuple(side, channels).map(([size, depth]) => poolLayer("layer", [size, size, depth]));
const denses = fc
  .tuple(channels, channels)
  .map(([depth, classes]) => denseLayer("layer", [1, 1, depth], classes));

const cases = fc
  .oneof(
    { weight: 4, arbitrary: convolutions },
    { weight: 1, arbitrary: pools },
    { weight: 1, arbitrary: denses },
  )
  .chain((layer) =>
    fc.record({
      layer: fc.constant(layer),
      kernel: vector(layer.params),
      bias: vector(layer.params ? layer.output[2] : 0),
      input: vector(elements(layer.input)),
    }),
  );

function vector(length: number) {
  return fc
    .array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: length, maxLength: length })
    .map((values) => new Float64Array(values));
}

/** What equals these values to nine decimals. */
function near(values: Float64Array): unknown[] {
  return Array.from(values, (value) => expect.closeTo(value, 9));
}

describe("against a naive implementation that pads and gathers", () => {
  test("linear, every layer type and shape", () => {
    fc.assert(
      fc.property(cases, ({ layer, kernel, bias, input }) => {
        expect([...linear(layer, kernel, bias, input)]).toEqual(
          near(naiveLinear(layer, kernel, bias, input)),
        );
      }),
      { numRuns: 400 },
    );
  });

  test("forward clamps convolutions to [0, 6] and nothing else", () => {
    fc.assert(
      fc.property(cases, ({ layer, kernel, bias, input }) => {
        const sums = naiveLinear(layer, kernel, bias, input);
        const clamped = layer.kernel && layer.type !== "pool" && layer.type !== "dense";
        const expected = clamped ? sums.map((sum) => Math.min(6, Math.max(0, sum))) : sums;
        expect([...forward(layer, kernel, bias, input)]).toEqual(near(expected));
      }),
    );
  });
});

test("plain ReLU cuts off below alone", () => {
  const layer = convolutionLayer({
    name: "layer",
    type: "pointwise",
    kernel: 1,
    stride: 1,
    input: [1, 3, 1],
    channels: 1,
    activation: "relu",
  });
  const output = forward(layer, new Float64Array([1]), new Float64Array(1), new Float64Array([-1, 5, 7]));
  expect([...output]).toEqual([0, 5, 7]);
});

test("symmetric padding with a stride takes every so manieth output of stride 1", () => {
  const cases = fc.record({
    type: fc.constantFrom("convolution" as const, "depthwise" as const),
    height: side,
    width: side,
    depth: channels,
    stride: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(cases, ({ type, height, width, depth, stride }) => {
      const window = { name: "layer", type, kernel: 3, padding: "symmetric" as const, channels: depth };
      const layer = convolutionLayer({ ...window, stride, input: [height, width, depth] });
      const dense = convolutionLayer({ ...window, stride: 1, input: [height, width, depth] });
      const values = (length: number, step: number) =>
        new Float64Array(length).map((_, i) => Math.sin(i * step));
      const [kernel, bias] = [values(layer.params, 1.7), values(depth, 2.3)];
      const input = values(elements(layer.input), 0.9);
      const [rows, columns] = layer.output;
      expect([rows, columns]).toEqual([Math.ceil(height / stride), Math.ceil(width / stride)]);
      const all = linear(dense, kernel, bias, input);
      const expected = Array.from({ length: elements(layer.output) }, (_, i) => {
        const pixel = Math.floor(i / depth);
        const [y, x] = [Math.floor(pixel / columns) * stride, (pixel % columns) * stride];
        return all[(y * width + x) * depth + (i % depth)];
      });
      expect([...linear(layer, kernel, bias, input)]).toEqual(expected);
    }),
  );
});

test("linear is linear in its input", () => {
  fc.assert(
    fc.property(
      cases,
      fc.double({ min: -3, max: 3, noNaN: true }),
      ({ layer, kernel, bias, input }, factor) => {
        const none = new Float64Array(bias.length);
        const other = input.map((value, i) => Math.sin(i) - value / 2);
        const mixed = input.map((value, i) => factor * value + other[i]!);
        const a = linear(layer, kernel, none, input);
        const b = linear(layer, kernel, none, other);
        const expected = a.map((value, i) => factor * value + b[i]!);
        expect([...linear(layer, kernel, none, mixed)]).toEqual(near(expected));
      },
    ),
  );
});

test("float32 arguments mean the same as their float64 values, and none is written to", () => {
  fc.assert(
    fc.property(cases, ({ layer, kernel, bias, input }) => {
      const floats = [kernel, bias, input].map((values) => new Float32Array(values)) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      const doubles = floats.map((values) => new Float64Array(values)) as [
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      const before = doubles.map((values) => values.slice());
      expect(forward(layer, ...doubles)).toEqual(forward(layer, ...floats));
      expect(doubles).toEqual(before);
    }),
  );
});

test("NaN in the input is NaN in the output", () => {
  const layer: Layer = denseLayer("dense", [1, 1, 2], 1);
  const output = forward(layer, new Float64Array([1, 1]), new Float64Array(1), new Float64Array([NaN, 1]));
  expect(output[0]).toBeNaN();
});

function softmax(logits: readonly number[]): Float64Array {
  return forward(softmaxLayer("softmax", [1, 1, logits.length]), NONE, NONE, new Float64Array(logits));
}

describe("softmax", () => {
  test("sums to 1, keeps the order, and does not mind a shift", () => {
    const logits = fc.array(fc.double({ min: -700, max: 700, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(logits, (values) => {
        const output = softmax(values);
        expect(output.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        const top = values.indexOf(Math.max(...values));
        expect(output[top]).toBe(Math.max(...output));
        expect([...softmax(values.map((value) => value + 64))]).toEqual(near(output));
      }),
    );
  });

  test("survives logits whose exponentials overflow", () => {
    expect([...softmax([1e4, 1e4, -1e4])]).toEqual([0.5, 0.5, 0]);
    expect([...softmax([-1e300])]).toEqual([1]);
  });

  test("linear passes on a copy of the logits", () => {
    const logits = new Float64Array([1, 2]);
    const output = linear(softmaxLayer("softmax", [1, 1, 2]), NONE, NONE, logits);
    output[0] = 9;
    expect([...logits]).toEqual([1, 2]);
  });
});
