// Latency, device time per dispatch and what was chosen:
//   node bench/layers.ts [MODEL] [PRECISION]
// Minima over the repetitions, since anything else on the machine only ever adds time.
import { webgpu } from "@mobilenet-bench/backend-webgpu";
import { generateWeights, parseModelName, syntheticImage } from "@mobilenet-bench/spec";

const REPETITIONS = 10;

const [name = "mobilenet_v1_1.0_224", precision = "fp32"] = process.argv.slice(2);
const model = parseModelName(name);
const image = syntheticImage(model.resolution);
const weights = generateWeights(model);

const beforeLoad = performance.now();
const session = await webgpu.load(model, weights, { precision });
const loadMs = performance.now() - beforeLoad;

let wholeMs = Infinity;
let firstMs = NaN;
const deviceMs = new Map<string, number>();
for (let repetition = 0; repetition < REPETITIONS; repetition++) {
  const start = performance.now();
  await session.infer(image);
  const ms = performance.now() - start;
  if (repetition === 0) firstMs = ms;
  wholeMs = Math.min(wholeMs, ms);
  for (const [layers, ms] of (await session.timeLayers?.(image)) ?? [])
    deviceMs.set(layers, Math.min(ms, deviceMs.get(layers) ?? Infinity));
}
await session.dispose();

const multAdds = new Map(model.layers.map((layer) => [layer.name, layer.multAdds]));
let sumMs = 0;
for (const [layers, ms] of deviceMs) {
  sumMs += ms;
  print(
    layers,
    layers.split("+").reduce((sum, layer) => sum + (multAdds.get(layer) ?? 0), 0),
    ms,
  );
}
if (deviceMs.size > 0) print("all, device time", model.multAdds, sumMs);
print(`${model.name}, latency`, model.multAdds, wholeMs);
process.stdout.write(`load ${loadMs.toFixed(0)} ms, first inference ${firstMs.toFixed(1)} ms\n`);
process.stdout.write(`${JSON.stringify(session.actual, undefined, 2)}\n`);

function print(what: string, multAdds: number, ms: number) {
  const gmacs = (multAdds / ms / 1e6).toFixed(2);
  process.stdout.write(
    `${what.padEnd(44)}${ms.toFixed(3).padStart(10)} ms ${gmacs.padStart(9)} e9 mult-adds/s\n`,
  );
}
