import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { wasm } from "@mobilenet-bench/backend-wasm";
import { writeSafetensors } from "@mobilenet-bench/model-files/safetensors";
import { createModel, type Model, type Weights } from "@mobilenet-bench/spec";
import { CLASSES } from "@mobilenet-bench/trained";
import { measureAccuracy } from "./training/accuracy.ts";
import { readCheckpoint, writeCheckpoint } from "./training/checkpoint.ts";
import { learningRate } from "./training/learning-rate.ts";
import { parseCall, USAGE, type Call } from "./training/settings.ts";
import { startTensorFlow } from "./training/start-tensorflow.ts";
import { Trainer } from "./training/trainer.ts";
import { batches, drawTrainingSet } from "./training/training-set.ts";

const STEPS_PER_LINE = 64;
/** Training pictures that batch norm's statistics are measured on. */
const SAMPLE = 2048;

async function train(call: Call) {
  const { threads, out, validation: _, ...settings } = call;
  const { pictures, resolution, batch, epochs, seed } = settings;
  const tf = await startTensorFlow(threads);
  const model = createModel({ ...settings, classes: CLASSES.length });
  await mkdir(out, { recursive: true });
  const path = join(out, "checkpoint.bin");
  const checkpoint = await readCheckpoint(path, settings);
  const trainer = new Trainer(tf, model, checkpoint?.state ?? Trainer.initialState(model, seed));
  const sample = [...batches(drawTrainingSet(Math.min(pictures, SAMPLE), resolution), batch, seed, 0)];
  const done = checkpoint?.epochs ?? 0;
  if (done > 0) say(`going on after epoch ${done} of ${path}`);
  if (done < epochs)
    await runEpochs(done, call, trainer, async (epoch) => {
      await writeCheckpoint(path, { settings, epochs: epoch, state: await trainer.state() });
      return validate(call, model, await trainer.weights(sample));
    });
  const file = join(out, `${model.name}.safetensors`);
  await writeFile(file, writeSafetensors({ model, weights: await trainer.weights(sample), labels: CLASSES }));
  process.stdout.write(`${file}\n`);
}

/** The epochs that are left; `finish` is called after each, with their number so far. */
async function runEpochs(
  done: number,
  { pictures, resolution, batch: size, epochs, seed, learningRate: highest }: Call,
  trainer: Trainer,
  finish: (epochs: number) => Promise<string>,
) {
  say(`drawing ${pictures} pictures`);
  const set = drawTrainingSet(pictures, resolution);
  const perEpoch = Math.floor(pictures / size);
  const steps = perEpoch * epochs;
  for (let epoch = done; epoch < epochs; epoch++) {
    const start = performance.now();
    let step = epoch * perEpoch;
    let sum = 0;
    for (const batch of batches(set, size, seed, epoch)) {
      const loss = await trainer.step(batch, learningRate(highest, step++, steps));
      if (step % STEPS_PER_LINE === 0) say(`  step ${step} of ${steps}: loss ${loss.toFixed(3)}`);
      sum += loss;
    }
    const seconds = (performance.now() - start) / 1000;
    const loss = sum / perEpoch;
    const result = await finish(epoch + 1);
    say(`epoch ${epoch + 1} of ${epochs}: loss ${loss.toFixed(4)}, ${result}, ${seconds.toFixed(0)} s`);
  }
}

async function validate({ validation }: Call, model: Model, weights: Weights): Promise<string> {
  const { correct } = await measureAccuracy(wasm, model, weights, "validation", validation);
  return `validation ${((100 * correct) / validation).toFixed(1)} %`;
}

function say(line: string) {
  process.stderr.write(`${line}\n`);
}

const call = parseCall(process.argv.slice(2));
if (call === "help") process.stdout.write(`${USAGE}\n`);
else await train(call);
