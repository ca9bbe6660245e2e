import { expect, it } from "vitest";
import { createPeakKernels } from "@mobilenet-bench/backend-ort/peak";

it("computes every native peak kernel exactly, and notices a run that did nothing", async () => {
  const kernels = await createPeakKernels();
  for (const kernel of kernels) {
    expect(kernel.verify()).toBe(false);
    await kernel.run();
    expect(kernel.verify()).toBe(true);
    expect(kernel.verify()).toBe(false);
  }
});

it("counts the multiply–adds of its shapes", async () => {
  const counts = Object.fromEntries(
    (await createPeakKernels()).map(({ name, multAdds }) => [name, multAdds]),
  );
  expect(counts).toEqual({
    "matmul-f32-96x1024x256": 96 * 1024 * 256,
    "matmul-f32-384x512x256": 384 * 512 * 256,
    "matmul-f32-512x512x512": 512 ** 3,
    "pointwise-f32-2x14x14x256": 2 * 14 * 14 * 256 * 256,
    "pointwise-f32-2x7x7x512": 2 * 7 * 7 * 512 * 512,
  });
});
