// Loads and disposes a small model many times. Prints how many of the objects that keep a device's memory were made and
// collected, and by how much resident memory grew in the second half of the loads, as for all of them.
import { setTimeout } from "node:timers/promises";
import { globals } from "webgpu";
import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { webgpu } from "@mobilenet-bench/backend-webgpu";

const loads = Number(process.argv[2]);
const model = createModel({ alpha: 0.1, resolution: 32, classes: 3 });
const weights = generateWeights(model);
const image = syntheticImage(model.resolution);

const made = { device: 0, pipeline: 0, buffer: 0 };
const collected = { device: 0, pipeline: 0, buffer: 0 };
const registry = new FinalizationRegistry((kind) => collected[kind]++);
watch(globals.GPUAdapter, "requestDevice", "device");
watch(globals.GPUDevice, "createComputePipelineAsync", "pipeline");
watch(globals.GPUDevice, "createBuffer", "buffer");

await loadAndDispose(loads / 2);
const before = process.memoryUsage.rss();
await loadAndDispose(loads / 2);
const growthBytes = 2 * (process.memoryUsage.rss() - before);
process.stdout.write(JSON.stringify({ made, collected, growthBytes }));

async function loadAndDispose(times) {
  for (let i = 0; i < times; i++) {
    const session = await webgpu.load(model, weights);
    await session.infer(image);
    await session.dispose();
    await setTimeout(20);
    globalThis.gc();
  }
  for (let i = 0; i < 5; i++) {
    await setTimeout(50);
    globalThis.gc();
  }
}

function watch({ prototype }, method, kind) {
  const original = prototype[method];
  prototype[method] = function (...args) {
    const result = original.apply(this, args);
    void Promise.resolve(result).then((object) => {
      made[kind]++;
      registry.register(object, kind);
    });
    return result;
  };
}
