import { expect, it } from "vitest";
import { kernelName } from "../src/index.ts";

it("says the storage, and the arithmetic where it is another", () => {
  const parts = { op: "pointwise", storage: "f32", tile: "6x8" } as const;
  expect(kernelName({ ...parts, arithmetic: "f32" })).toBe("pointwise-f32-6x8");
  expect(kernelName({ ...parts, arithmetic: "f64" })).toBe("pointwise-f32-f64acc-6x8");
  expect(kernelName({ ...parts, storage: "f16", arithmetic: "f32" })).toBe("pointwise-f16-f32acc-6x8");
  expect(kernelName({ ...parts, arithmetic: "f32", feature: "relaxed" })).toBe("pointwise-f32-6x8-relaxed");
});
