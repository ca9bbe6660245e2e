// Loads and disposes a small model many times. Prints how many of the objects that hold a device's memory were made, and
// how many of them were collected.
import { setTimeout } from "node:timers/promises";
import { globals } from "webgpu";
import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { webgpu } from "@mobilenet-bench/backend-webgpu";

const model = createModel({ alpha: 0.1, resolution: 32, classes: 3 });
const weights = generateWeights(model);
const image = syntheticImage(model.resolution);

const tally = {};
const registry = new FinalizationRegistry((kind) => tally[kind].collected++);
watch(globals.GPUAdapter, "requestDevice", "device");
watch(globals.GPUDevice, "createComputePipelineAsync", "pipeline");
watch(globals.GPUDevice, "createBuffer", "buffer");

for (let loads = Number(process.argv[2]); loads > 0; loads--) {
  const session = await webgpu.load(model, weights);
  await session.infer(image);
  await session.dispose();
}
for (let i = 0; i < 10; i++) {
  await setTimeout(50);
  globalThis.gc();
}
process.stdout.write(JSON.stringify(tally));

function watch({ prototype }, method, kind) {
  tally[kind] = { made: 0, collected: 0 };
  const original = prototype[method];
  prototype[method] = function (...args) {
    const result = original.apply(this, args);
    void count(result, kind);
    return result;
  };
}

async function count(result, kind) {
  const object = await result;
  tally[kind].made++;
  registry.register(object, kind);
}
