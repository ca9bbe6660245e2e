import {
  activationLayer,
  averagePoolLayer,
  concatenationLayer,
  convolutionLayer,
  createNetwork,
  denseLayer,
  maxPoolLayer,
  normalizationLayer,
  poolLayer,
  uniform,
  weightShapes,
  type Model,
  type Shape,
} from "@mobilenet-bench/spec";
import { expect, it } from "vitest";
import { checkLayers, checkLogits, expectLogits, reference } from "../src/index.ts";

const IMAGE: Shape = [16, 16, 3];
const CLASSES = 5;

/** Two branches of the same stem, side by side, with everything that MobileNet does not have. */
function branched(): Model {
  const stem = convolutionLayer({
    name: "stem",
    type: "convolution",
    kernel: 5,
    stride: 2,
    input: IMAGE,
    channels: 8,
    activation: "relu",
    batchNorm: false,
  });
  const norm = normalizationLayer("norm", stem.output, { size: 5, alpha: 1e-1, beta: 0.75, bias: 1 }, [
    "stem",
  ]);
  const read = { input: norm.output, inputs: ["norm"], padding: "same" } as const;
  const largest = maxPoolLayer({ name: "largest", kernel: 3, stride: 1, ...read });
  const mean = averagePoolLayer({ name: "mean", kernel: 3, stride: 1, ...read });
  const both = concatenationLayer("both", [largest, mean]);
  const clamp = activationLayer("clamp", both.output, "relu6", ["both"]);
  const pool = poolLayer("pool", clamp.output, ["clamp"]);
  const logits = denseLayer("Logits", pool.output, CLASSES, ["pool"]);
  const network = createNetwork("branched", IMAGE, [stem, norm, largest, mean, both, clamp, pool, logits]);
  const config = { alpha: 1, resolution: 16, classes: CLASSES, conv: false, shallow: false } as const;
  return {
    ...network,
    ...config,
    activation: "relu",
    padding: "same",
    outputStride: 32,
    predictions: "softmax",
  };
}

it("a network with branches is computed and checked layer by layer", async () => {
  const model = branched();
  const tensors = new Map(
    [...weightShapes(model)].map(([name, shape]) => {
      const next = uniform(1, name);
      const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => next() / 4);
      return [name, { shape, data }] as const;
    }),
  );
  const weights = { tensors, epsilon: 1e-3 };
  const next = uniform(1, "image");
  const image = Float32Array.from({ length: 16 * 16 * 3 }, () => next());
  const session = await reference.load(model, weights);
  const { ok, comparisons } = await checkLayers(session, model, weights, image);
  expect(ok).toBe(true);
  expect(comparisons.map(({ layer, mode }) => `${layer} ${mode}`)).toEqual(
    model.layers.flatMap(({ name }) => [`${name} fed`, `${name} chained`]),
  );
  const logits = await session.infer(image);
  const expected = expectLogits(model, weights, image);
  expect(checkLogits(logits, expected)).toMatchObject({ ok: true, top1: { same: true } });
  expect(Math.max(...expected.bound)).toBeLessThan(1e-3);
  await session.dispose();
});
