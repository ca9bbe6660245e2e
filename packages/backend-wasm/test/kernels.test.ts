import { compare, expectLayer } from "@mobilenet-bench/backend";
import {
  convolutionLayer,
  denseLayer,
  elements,
  kernelShape,
  isWeighted,
  poolLayer,
  uniform,
  type Layer,
} from "@mobilenet-bench/spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KERNELS } from "../src/kernels/table.ts";
import type { Op } from "../src/run/op.ts";
import { revectorizationRefusal } from "../src/simd/revectorize.ts";
import { runKernel, type Case } from "./run-kernel.ts";

interface Sizes {
  readonly height: number;
  readonly width: number;
  readonly depth: number;
  readonly channels: number;
  readonly stride: number;
}

/** A layer of each op with these sizes, as far as it has them. */
const LAYERS: Record<Op, (sizes: Sizes) => Layer> = {
  convolution: ({ height, width, depth, channels, stride }) =>
    convolutionLayer({
      name: "layer",
      type: "convolution",
      kernel: 3,
      stride,
      input: [height, width, depth],
      channels,
    }),
  depthwise: ({ height, width, channels, stride }) =>
    convolutionLayer({
      name: "layer",
      type: "depthwise",
      kernel: 3,
      stride,
      input: [height, width, channels],
      channels,
    }),
  pointwise: ({ height, width, depth, channels }) =>
    convolutionLayer({
      name: "layer",
      type: "pointwise",
      kernel: 1,
      stride: 1,
      input: [height, width, depth],
      channels,
    }),
  dense: ({ depth, channels }) => denseLayer("layer", [1, 1, depth], channels),
  pool: ({ height, channels }) => poolLayer("layer", [height, height, channels]),
};

describe.each(KERNELS)("$name", (kernel) => {
  const { pixels, channels } = kernel.tile;
  /** Below, at and above a size of the tile, and primes. */
  const around = (size: number) =>
    fc.constantFrom(
      ...new Set([1, size - 1, size, size + 1, 2 * size, 2 * size + 1, 7, 13].filter((n) => n > 0)),
    );
  const sizes = fc.record({
    height: fc.integer({ min: 1, max: 7 }),
    width: around(pixels),
    depth: fc.constantFrom(1, 2, 3, 8, 11, 17),
    channels: around(channels),
    stride: fc.constantFrom(1, 2),
  });

  it("computes what the spec says, for sizes around its tile", async () => {
    expect.hasAssertions();
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer(), async (sizes, seed) => {
        const layer = LAYERS[kernel.op](sizes);
        const example = randomCase(layer, seed);
        expect(fault(example, await runKernel(kernel, example))).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  const refusal = kernel.level === "wide" ? revectorizationRefusal() : undefined;
  it.skipIf(refusal)(`computes the same once optimised${refusal ? `: ${refusal.reason}` : ""}`, async () => {
    const layer = LAYERS[kernel.op]({ height: 9, width: 2 * pixels + 3, depth: 37, channels: 43, stride: 1 });
    const example = randomCase(layer, 1);
    expect(fault(example, await runKernel(kernel, example, true))).toBeUndefined();
  });
});

function randomCase(layer: Layer, seed: number): Case {
  const values = (name: string, count: number, scale = 1) => {
    const next = uniform(seed, name);
    return Float32Array.from({ length: count }, () => next() * scale);
  };
  const weighted = isWeighted(layer);
  const count = weighted ? kernelShape(layer).reduce((product, size) => product * size, 1) : 0;
  return {
    layer,
    folded: {
      kernel: values("kernel", count),
      bias: values("bias", weighted ? layer.output[2] : 0),
    },
    input: values("input", elements(layer.input), 4),
  };
}

/** What is wrong with an output. */
function fault({ layer, folded, input }: Case, output: Float32Array): string | undefined {
  return compare(output, expectLayer({ layer, folded }, input)).reason;
}

/** The grammar of names. */
it.each(KERNELS.map(({ name }) => name))("%s is <op>-<storage>-<tile>-<feature>", (name) => {
  expect(name).toMatch(/^(convolution|depthwise|pointwise|dense|pool)-f32-\d+x\d+-(baseline|relaxed|wide)$/);
  expect(KERNELS.filter((kernel) => kernel.name === name)).toHaveLength(1);
});
