// Mult-adds per second of each layer and of the whole network:
//   node bench/layers.ts [MODEL] [THREADS]
// Minima over the repetitions, since anything else on the machine only ever adds time.
import { ts } from "@mobilenet-bench/backend-ts";
import { generateWeights, parseModelName, syntheticImage } from "@mobilenet-bench/spec";

const REPETITIONS = 20;

const [name = "mobilenet_v1_1.0_224", threads = "1"] = process.argv.slice(2);
const model = parseModelName(name);
const image = syntheticImage(model.resolution);
const weights = generateWeights(model);

const beforeLoad = performance.now();
const session = await ts.load(model, weights, { threads: Number(threads) });
const loadMs = performance.now() - beforeLoad;

let wholeMs = Infinity;
let firstMs = NaN;
const layerMs = new Map<string, number>();
for (let repetition = 0; repetition < REPETITIONS; repetition++) {
  const start = performance.now();
  await session.infer(image);
  const ms = performance.now() - start;
  if (repetition === 0) firstMs = ms;
  wholeMs = Math.min(wholeMs, ms);
  for (const [layer, ms] of (await session.timeLayers?.(image)) ?? [])
    layerMs.set(layer, Math.min(ms, layerMs.get(layer) ?? Infinity));
}
await session.dispose();

for (const layer of model.layers) {
  const ms = layerMs.get(layer.name);
  if (ms !== undefined) print(layer.name, layer.input.join("×"), layer.multAdds, ms);
}
print(model.name, `threads=${threads}`, model.multAdds, wholeMs);
process.stdout.write(`load ${loadMs.toFixed(1)} ms, first inference ${firstMs.toFixed(1)} ms\n`);

function print(name: string, shape: string, multAdds: number, ms: number) {
  const gmacs = (multAdds / ms / 1e6).toFixed(2);
  process.stdout.write(
    `${name.padEnd(24)}${shape.padEnd(14)}${ms.toFixed(2).padStart(8)} ms ${gmacs.padStart(6)} e9 mult-adds/s\n`,
  );
}
