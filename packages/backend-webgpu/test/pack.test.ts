import fc from "fast-check";
import { expect, it } from "vitest";
import { convolutionLayer, elements, type Shape } from "@mobilenet-bench/spec";
import { packActivation, packedLength, packWeights, unpackActivation } from "../src/pack.ts";

it("activations come back as they went", () => {
  const side = fc.integer({ min: 1, max: 5 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 9 }), (height, width, channels) => {
      const shape: Shape = [height, width, channels];
      const values = Float32Array.from({ length: elements(shape) }, (_, i) => i + 1);
      const packed = packActivation(values, shape);
      expect(packed).toHaveLength(packedLength(shape));
      expect(packed.length % 4).toBe(0);
      expect(unpackActivation(packed, shape)).toEqual(values);
    }),
  );
});

it("pads the channels of every tap, but not those of the image", () => {
  const weights = (params: number) => ({
    kernel: Float32Array.from({ length: params }, () => 1),
    bias: new Float32Array(5),
  });
  const layer = (depth: number) =>
    convolutionLayer({
      name: "c",
      type: "convolution",
      kernel: 3,
      stride: 1,
      input: [4, 4, depth],
      channels: 5,
    });
  const rows = (depth: number) => packWeights(layer(depth), weights(9 * depth * 5)).kernel.length / 8;
  expect(rows(5)).toBe(9 * 8);
  expect(rows(3)).toBe(28);
});
