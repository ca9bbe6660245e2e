import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { wasm } from "@mobilenet-bench/backend-wasm";
import { writeSafetensors } from "@mobilenet-bench/model-files/safetensors";
import { createModel } from "@mobilenet-bench/spec";
import { CLASSES } from "@mobilenet-bench/trained";
import { measureAccuracy } from "./training/accuracy.ts";
import { readCheckpoint, writeCheckpoint } from "./training/checkpoint.ts";
import { learningRate } from "./training/learning-rate.ts";
import { parseCall, USAGE, type Call } from "./training/settings.ts";
import { startTensorFlow } from "./training/start-tensorflow.ts";
import { Trainer } from "./training/trainer.ts";
import { batches, drawTrainingSet } from "./training/training-set.ts";

const STEPS_PER_LINE = 64;
const PICTURES_PER_LINE = 8192;

async function train({ threads, validation, out, ...settings }: Call) {
  const { pictures, resolution, batch: size, epochs, seed } = settings;
  const tf = await startTensorFlow(threads);
  const model = createModel({ ...settings, classes: CLASSES.length });
  await mkdir(out, { recursive: true });
  const path = join(out, "checkpoint.bin");
  const checkpoint = await readCheckpoint(path, settings);
  if (checkpoint) say(`going on after epoch ${checkpoint.epochs} of ${path}`);
  const trainer = new Trainer(tf, model, checkpoint?.state ?? Trainer.initialState(model, seed));

  say(`drawing ${pictures} pictures`);
  const set = drawTrainingSet(pictures, resolution, (done) => {
    if (done % PICTURES_PER_LINE === 0) say(`  ${done}`);
  });
  const perEpoch = Math.floor(pictures / size);
  const steps = perEpoch * epochs;
  for (let epoch = checkpoint?.epochs ?? 0; epoch < epochs; epoch++) {
    const start = performance.now();
    let step = epoch * perEpoch;
    let sum = 0;
    for (const batch of batches(set, size, seed, epoch)) {
      const loss = await trainer.step(batch, learningRate(settings.learningRate, step++, steps));
      if (step % STEPS_PER_LINE === 0) say(`  step ${step} of ${steps}: loss ${loss.toFixed(3)}`);
      sum += loss;
    }
    const seconds = (performance.now() - start) / 1000;
    await writeCheckpoint(path, { settings, epochs: epoch + 1, state: await trainer.state() });
    const { correct } = await measureAccuracy(wasm, model, await trainer.weights(), "validation", validation);
    say(
      `epoch ${epoch + 1} of ${epochs}: loss ${(sum / perEpoch).toFixed(4)}, ` +
        `validation ${((100 * correct) / validation).toFixed(1)} %, ${seconds.toFixed(0)} s`,
    );
  }
  const file = join(out, `${model.name}.safetensors`);
  await writeFile(file, writeSafetensors({ model, weights: await trainer.weights(), labels: CLASSES }));
  process.stdout.write(`${file}\n`);
}

function say(line: string) {
  process.stderr.write(`${line}\n`);
}

const call = parseCall(process.argv.slice(2));
if (call === "help") process.stdout.write(`${USAGE}\n`);
else await train(call);
