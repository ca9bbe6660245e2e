import * as fc from "fast-check";
import { expect, test } from "vitest";
import { convolutionLayer, samePadding } from "@mobilenet-bench/spec";

/** The formula of TensorFlow's documentation of SAME, which distinguishes by the remainder. */
function tensorflowTotal(size: number, kernel: number, stride: number): number {
  return Math.max(0, kernel - (size % stride === 0 ? stride : size % stride));
}

const sizes = fc.record({
  size: fc.integer({ min: 1, max: 512 }),
  kernel: fc.integer({ min: 1, max: 11 }),
  stride: fc.integer({ min: 1, max: 7 }),
});

test("SAME padding is TensorFlow's, with the odd pixel behind", () => {
  fc.assert(
    fc.property(sizes, ({ size, kernel, stride }) => {
      const { output, before, after } = samePadding(size, kernel, stride);
      expect(output).toBe(Math.ceil(size / stride));
      expect(before + after).toBe(tensorflowTotal(size, kernel, stride));
      expect([0, 1]).toContain(after - before);
    }),
    { numRuns: 2000 },
  );
});

test("the last window ends within the padded input", () => {
  fc.assert(
    fc.property(sizes, ({ size, kernel, stride }) => {
      const { output, before, after } = samePadding(size, kernel, stride);
      expect((output - 1) * stride + kernel).toBeLessThanOrEqual(before + size + after);
    }),
  );
});

test("a stride of 2 pads an even plane behind only, an odd one on both sides", () => {
  expect(samePadding(224, 3, 2)).toEqual({ output: 112, before: 0, after: 1 });
  expect(samePadding(225, 3, 2)).toEqual({ output: 113, before: 1, after: 1 });
});

test("height and width are padded each on their own", () => {
  const layer = convolutionLayer({
    name: "x",
    type: "depthwise",
    kernel: 3,
    stride: 2,
    input: [7, 10, 5],
    channels: 5,
  });
  expect(layer.output).toEqual([4, 5, 5]);
  expect(layer.padding).toEqual({ top: 1, bottom: 1, left: 0, right: 1 });
  expect(layer.params).toBe(3 * 3 * 5);
  expect(layer.multAdds).toBe(4 * 5 * 3 * 3 * 5);
});
