import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, expectLayer, FLOAT64_SUMS, hasOperation } from "@mobilenet-bench/backend";
import {
  convolutionLayer,
  denseLayer,
  elements,
  isComputed,
  poolLayer,
  uniform,
  type Layer,
  type Shape,
} from "@mobilenet-bench/spec";
import { COMPUTES } from "../src/computes.ts";
import { MAX_BLOCK } from "../src/kernels/row-filter.ts";
import { PASS_DEPTH, PIXELS_LENGTH, TILE_CHANNELS, TILE_PIXELS } from "../src/kernels/tile.ts";
import { runStep } from "../src/run-step.ts";
import { packStep } from "../src/step.ts";

/** Below, at and above the tile and its multiples, and primes. */
const channels = fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 31);
const side = fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 11, 16, 17);
const plane = fc.tuple(side, side, channels);
const stride = fc.constantFrom(1, 2);
const threads = fc.constantFrom(1, 2, 3, 5, 8);
const seed = fc.integer();
const activation = fc.constantFrom("relu6", "relu", "none");

const pointwise = (input: Shape, channels: number) =>
  convolutionLayer({ name: "pointwise", type: "pointwise", kernel: 1, stride: 1, input, channels });
const convolution = (input: Shape, stride: number, channels: number) =>
  convolutionLayer({ name: "convolution", type: "convolution", kernel: 3, stride, input, channels });
const depthwise = (input: Shape, stride: number) =>
  convolutionLayer({ name: "depthwise", type: "depthwise", kernel: 3, stride, input, channels: input[2] });

function random(length: number, seed: number, name: string, scale: number) {
  const next = uniform(seed, name);
  return Float32Array.from({ length }, () => next() * scale);
}

/** Computes the layer share by share into a poisoned output; says what is wrong with it. */
function fault(layer: Layer, count: number, seed: number): string | undefined {
  if (!isComputed(layer) || !hasOperation(layer, COMPUTES)) throw new Error(`${layer.type} is not computed`);
  const [, , outputChannels] = layer.output;
  const fanIn = Math.max(1, layer.params / outputChannels);
  const kernel = random(layer.params, seed, "kernel", 6 / Math.sqrt(fanIn));
  const bias = random(layer.params > 0 ? outputChannels : 0, seed, "bias", 1);
  const input = random(elements(layer.input), seed, "input", 3);
  const output = new Float32Array(elements(layer.output)).fill(NaN);
  const step = packStep(layer, { kernel, bias }, (length) => new Float32Array(length));
  for (let index = 0; index < count; index++) runStep(step, input, output, { index, count });
  return compare(output, expectLayer({ layer, folded: { kernel, bias } }, input, FLOAT64_SUMS)).reason;
}

describe("kernels compute what the spec defines, at any shape and with any number of shares", () => {
  it("pointwise", () => {
    fc.assert(
      fc.property(plane, channels, activation, threads, seed, (input, out, activation, count, seed) => {
        expect(fault({ ...pointwise(input, out), activation }, count, seed)).toBeUndefined();
      }),
    );
  });

  it("convolution", () => {
    fc.assert(
      fc.property(
        plane,
        stride,
        channels,
        activation,
        threads,
        seed,
        (input, stride, out, activation, count, seed) => {
          expect(fault({ ...convolution(input, stride, out), activation }, count, seed)).toBeUndefined();
        },
      ),
    );
  });

  it("depthwise", () => {
    fc.assert(
      fc.property(plane, stride, activation, threads, seed, (input, stride, activation, count, seed) => {
        expect(fault({ ...depthwise(input, stride), activation }, count, seed)).toBeUndefined();
      }),
    );
  });

  it("pool", () => {
    fc.assert(
      fc.property(plane, threads, seed, (input, count, seed) => {
        expect(fault(poolLayer("pool", input), count, seed)).toBeUndefined();
      }),
    );
  });

  it("dense", () => {
    fc.assert(
      fc.property(channels, channels, threads, seed, (depth, classes, count, seed) => {
        expect(fault(denseLayer("dense", [1, 1, depth], classes), count, seed)).toBeUndefined();
      }),
    );
  });
});

describe("kernels go on where a block of theirs ends", () => {
  it.each([PASS_DEPTH - 1, PASS_DEPTH, PASS_DEPTH + 1, 2 * PASS_DEPTH + 3])(
    "pointwise, depth %i",
    (depth) => {
      expect(fault(pointwise([5, 7, depth], TILE_CHANNELS + 1), 1, 1)).toBeUndefined();
    },
  );

  it("pointwise, several bands of pixels", () => {
    expect(fault(pointwise([67, 61, 31], 5), 2, 1)).toBeUndefined();
  });

  it.each([16, 13])("pointwise, a depth of which the pixel array holds %i tiles", (tiles) => {
    const depth = Math.floor(PIXELS_LENGTH / TILE_PIXELS / tiles);
    expect(fault(pointwise([5, 7, depth], 5), 1, 1)).toBeUndefined();
  });

  it("convolution, several passes and bands", () => {
    expect(fault(convolution([9, 11, 173], 1, 6), 1, 1)).toBeUndefined();
  });

  it.each([1, 2])("depthwise, more channels than a block, stride %i", (stride) => {
    expect(fault(depthwise([3, 4, MAX_BLOCK + 5], stride), 1, 1)).toBeUndefined();
  });

  it.each([1, 2])("depthwise, a wide plane, stride %i", (stride) => {
    expect(fault(depthwise([4, 509, 37], stride), 1, 1)).toBeUndefined();
  });
});

it("NaN goes through to the outputs that depend on it, and to no others", () => {
  for (const layer of [convolution([3, 3, 2], 1, 5), depthwise([3, 3, 5], 1), pointwise([3, 3, 2], 5)]) {
    if (!isComputed(layer) || !hasOperation(layer, COMPUTES))
      throw new Error(`${layer.type} is not computed`);
    const weights = { kernel: new Float32Array(layer.params).fill(1), bias: new Float32Array(5) };
    const output = new Float32Array(elements(layer.output));
    const input = new Float32Array(elements(layer.input)).fill(NaN);
    const step = packStep(layer, weights, (length) => new Float32Array(length));
    runStep(step, input, output, { index: 0, count: 1 });
    expect(output.every(Number.isNaN)).toBe(true);
  }
  // It stays in scratch memory, where no later layer may find it.
  expect(fault(pointwise([3, 3, 1], 5), 1, 1)).toBeUndefined();
  expect(fault(convolution([3, 3, 1], 1, 5), 1, 1)).toBeUndefined();
  expect(fault(depthwise([3, 3, 5], 2), 1, 1)).toBeUndefined();
});
