import { createModel, generateWeights, isComputed, type Layer } from "@mobilenet-bench/spec";
import { ts } from "@mobilenet-bench/backend-ts";
import { hasOperation } from "@mobilenet-bench/backend";
import { expect, it } from "vitest";
import { COMPUTES } from "../src/computes.ts";
import { executedMultAdds } from "../src/executed.ts";

const model = createModel({ alpha: 0.25, resolution: 48, classes: 10 });
const layer = (name: string): Layer => {
  const found = model.layers.find((one) => one.name === name);
  if (!found) throw new Error(`The model has no ${name}.`);
  return found;
};
const executed = (...layers: Layer[]) =>
  executedMultAdds(layers.filter(isComputed).filter((layer) => hasOperation(layer, COMPUTES)));

it("counts depths and channels as tiles take them", () => {
  // 24² pixels, 3·3·3 = 27 values in fours, 8 channels.
  expect(executed(layer("Conv2d_0"))).toBe(24 * 24 * 28 * 8);
  // 8 and 16 channels fill tiles.
  expect(executed(layer("Conv2d_1_pointwise"))).toBe(layer("Conv2d_1_pointwise").multAdds);
  // 256 values, 10 classes in fours.
  expect(executed(layer("Logits"))).toBe(256 * 12);
});

it("counts the odd column that a depthwise row is computed with", () => {
  expect(executed(layer("Conv2d_2_depthwise"))).toBe(layer("Conv2d_2_depthwise").multAdds);
  // 3² pixels, four columns computed, 9 taps, 128 channels.
  expect(executed(layer("Conv2d_11_depthwise"))).toBe(3 * 4 * 9 * 128);
});

it("is told beside every figure", async () => {
  const session = await ts.load(model, generateWeights(model));
  expect(session.actual.executedMultAdds).toBe(executed(...model.layers));
  expect(session.actual.executedMultAdds).toBeGreaterThan(model.multAdds);
  await session.dispose();
});
