import { ortNode, ortWasm } from "@mobilenet-bench/backend-ort";
import { createModel, generateWeights, syntheticImage, type ModelConfig } from "@mobilenet-bench/spec";
import { expect, it } from "vitest";

async function load(backend: typeof ortWasm | typeof ortNode, config: ModelConfig) {
  const model = createModel(config);
  return { model, session: await backend.load(model, generateWeights(model)) };
}

it("tells the memory of onnxruntime-web, which grows with a model that does not fit", async () => {
  const { instantiate } = WebAssembly;
  const small = await load(ortWasm, { alpha: 0.25, resolution: 32 });
  expect(WebAssembly.instantiate).toBe(instantiate);
  await small.session.infer(syntheticImage(32));
  const before = (await small.session.memory!()).wasmBytes!;
  expect(before).toBeGreaterThan(small.model.params * 4);
  const large = await load(ortWasm, { alpha: 1, resolution: 32 });
  const { wasmBytes } = await large.session.memory!();
  expect(wasmBytes).toBeGreaterThan(before);
  expect(wasmBytes).toBeGreaterThan(large.model.params * 4);
  await Promise.all([small.session.dispose(), large.session.dispose()]);
});

it("has nothing to tell of native memory, which is the process's", async ({ skip }) => {
  const here = await ortNode.availability();
  skip(!here.available, here.available ? "" : here.reason);
  const { session } = await load(ortNode, { alpha: 0.25, resolution: 32 });
  expect(session.memory).toBeUndefined();
  await session.dispose();
});
