import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  convolutionLayer,
  denseLayer,
  elements,
  forward,
  poolLayer,
  uniform,
  type Layer,
} from "@mobilenet-bench/spec";
import { MAX_BLOCK } from "../src/kernels/row-filter.ts";
import { PASS_DEPTH, TILE_CHANNELS } from "../src/kernels/tile.ts";
import { runStep } from "../src/run-step.ts";
import { isComputed, packStep } from "../src/step.ts";

/** Relative error of one rounding to float32, and some for the float64 sums before it. */
const TOLERANCE = 2 ** -23;

/** Below, at and above the tile and its multiples, and primes. */
const CHANNELS = [1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 31];
const SIDES = [1, 2, 3, 4, 5, 6, 7, 11, 16, 17];

const channels = fc.constantFrom(...CHANNELS);
const side = fc.constantFrom(...SIDES);
const stride = fc.constantFrom(1, 2);
const threads = fc.constantFrom(1, 2, 3, 5, 8);
const seed = fc.integer();

function random(length: number, seed: number, name: string, scale: number) {
  const next = uniform(seed, name);
  return Float32Array.from({ length }, () => next() * scale);
}

/** Computes the layer, one share after the other, into a poisoned output, and compares with the definition. */
function check(layer: Layer, count: number, seed: number) {
  if (!isComputed(layer)) throw new Error(`${layer.type} is not computed`);
  const fanIn = Math.max(1, layer.params / layer.output[2]);
  const kernel = random(layer.params, seed, "kernel", 6 / Math.sqrt(fanIn));
  const bias = random(layer.params > 0 ? layer.output[2] : 0, seed, "bias", 1);
  const input = random(elements(layer.input), seed, "input", 3);
  const output = new Float32Array(elements(layer.output)).fill(NaN);
  const step = packStep(layer, { kernel, bias }, (length) => new Float32Array(length));
  for (let index = 0; index < count; index++) runStep(step, input, output, { index, count });
  const expected = forward(layer, kernel, bias, input);
  for (let i = 0; i < output.length; i++) {
    const difference = Math.abs(output[i]! - expected[i]!);
    if (!(difference <= TOLERANCE * Math.max(1, Math.abs(expected[i]!))))
      expect.fail(`${layer.name} [${i}] is ${output[i]}, not ${expected[i]}`);
  }
}

describe("kernels compute what the spec defines, at any shape and with any number of shares", () => {
  it("pointwise", () => {
    fc.assert(
      fc.property(side, side, channels, channels, threads, seed, (height, width, depth, out, count, seed) => {
        const input = [height, width, depth] as const;
        const name = `pointwise ${input} → ${out}`;
        check(
          convolutionLayer({ name, type: "pointwise", kernel: 1, stride: 1, input, channels: out }),
          count,
          seed,
        );
      }),
    );
  });

  it("convolution", () => {
    fc.assert(
      fc.property(
        side,
        side,
        channels,
        channels,
        stride,
        threads,
        seed,
        (height, width, depth, out, stride, count, seed) => {
          const input = [height, width, depth] as const;
          const name = `convolution ${input} → ${out}, stride ${stride}`;
          check(
            convolutionLayer({ name, type: "convolution", kernel: 3, stride, input, channels: out }),
            count,
            seed,
          );
        },
      ),
    );
  });

  it("depthwise", () => {
    fc.assert(
      fc.property(
        side,
        side,
        channels,
        stride,
        threads,
        seed,
        (height, width, depth, stride, count, seed) => {
          const input = [height, width, depth] as const;
          const name = `depthwise ${input}, stride ${stride}`;
          check(
            convolutionLayer({ name, type: "depthwise", kernel: 3, stride, input, channels: depth }),
            count,
            seed,
          );
        },
      ),
    );
  });

  it("pool", () => {
    fc.assert(
      fc.property(side, channels, threads, seed, (side, depth, count, seed) => {
        check(poolLayer(`pool ${side} × ${depth}`, [side, side, depth]), count, seed);
      }),
    );
  });

  it("dense", () => {
    fc.assert(
      fc.property(channels, channels, threads, seed, (depth, classes, count, seed) => {
        check(denseLayer(`dense ${depth} → ${classes}`, [1, 1, depth], classes), count, seed);
      }),
    );
  });
});

describe("kernels go on where a block of theirs ends", () => {
  it.each([PASS_DEPTH - 1, PASS_DEPTH, PASS_DEPTH + 1, 2 * PASS_DEPTH + 3])(
    "pointwise, depth %i",
    (depth) => {
      const input = [5, 7, depth] as const;
      check(
        convolutionLayer({
          name: "pointwise",
          type: "pointwise",
          kernel: 1,
          stride: 1,
          input,
          channels: TILE_CHANNELS + 1,
        }),
        1,
        1,
      );
    },
  );

  it("pointwise, several bands of pixels", () => {
    const input = [67, 61, 31] as const;
    check(
      convolutionLayer({ name: "pointwise", type: "pointwise", kernel: 1, stride: 1, input, channels: 5 }),
      2,
      1,
    );
  });

  it("convolution, several passes and bands", () => {
    const input = [9, 11, 173] as const;
    check(
      convolutionLayer({ name: "conv", type: "convolution", kernel: 3, stride: 1, input, channels: 6 }),
      1,
      1,
    );
  });

  it.each([1, 2])("depthwise, more channels than a block and a wide plane, stride %i", (stride) => {
    for (const input of [
      [3, 4, MAX_BLOCK + 5],
      [4, 509, 37],
    ] as const)
      check(
        convolutionLayer({
          name: `depthwise ${input}`,
          type: "depthwise",
          kernel: 3,
          stride,
          input,
          channels: input[2],
        }),
        1,
        1,
      );
  });
});
