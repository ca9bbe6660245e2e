import { createModel, generateWeights, type Layer } from "@mobilenet-bench/spec";
import { wasm } from "@mobilenet-bench/backend-wasm";
import { expect, it } from "vitest";
import { kernelsFor, opOf } from "../src/kernels/table.ts";
import { at } from "../src/list.ts";
import { executedMultAdds } from "../src/plan/executed.ts";
import { createPlan } from "../src/plan/plan.ts";

const model = createModel({ alpha: 0.25, resolution: 48, classes: 10 });
const layers = model.layers.filter(({ type }) => type !== "softmax");
const executed = (...some: readonly Layer[]) =>
  executedMultAdds(createPlan(some, 1, ({ layer }) => at(kernelsFor(opOf(layer), "baseline"), 0)));
const layer = (name: string) =>
  at(
    layers,
    layers.findIndex((one) => one.name === name),
  );

it("counts channels as panels take them", () => {
  expect(executed(layer("Conv2d_1_pointwise"))).toBe(layer("Conv2d_1_pointwise").multAdds);
  // 256 values, 10 classes in one panel of 32.
  expect(executed(layer("Logits"))).toBe(256 * 32);
});

it("leaves out what depthwise kernels leave out: the taps beyond the left and the right border", () => {
  // 24² pixels, stride 1: each of 3 filter rows has 24 · 3 taps but for one at either side; 8 channels.
  expect(executed(layer("Conv2d_1_depthwise"))).toBe(24 * 3 * (24 * 3 - 2) * 8);
  // 24² to 12², stride 2: SAME pads the right side alone.
  expect(executed(layer("Conv2d_2_depthwise"))).toBe(12 * 3 * (12 * 3 - 1) * 16);
});

it("is told beside every figure", async () => {
  const session = await wasm.load(model, generateWeights(model), { simd: "baseline" });
  expect(session.actual.executedMultAdds).toBe(executed(...layers));
  await session.dispose();
});
