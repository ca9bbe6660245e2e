import { checkLogits, expectLogits, reference, type Backend, type Options } from "@mobilenet-bench/backend";
import { ortNode, ortWasm } from "@mobilenet-bench/backend-ort";
import { tfjsCpu, tfjsWasm } from "@mobilenet-bench/backend-tfjs";
import { ts } from "@mobilenet-bench/backend-ts";
import { wasm } from "@mobilenet-bench/backend-wasm";
import { readModelFile, writeModelFile } from "@mobilenet-bench/model-files";
import { parseCellId } from "@mobilenet-bench/results";
import { generateWeights, parseModelName, syntheticImage } from "@mobilenet-bench/spec";
import { CLASSES } from "@mobilenet-bench/trained";

// What every backend of Node says of one picture, as JSON: "right", or its error. All packages are loaded for it.

const name = "mobilenet_v1_0.25_64";
await writeModelFile(
  { model: parseModelName(name), weights: generateWeights(parseModelName(name)) },
  "model.onnx",
  "onnx",
);
const { model, weights } = await readModelFile("model.onnx");
const image = syntheticImage(model.resolution);
const expected = expectLogits(model, weights, image);
const asked: readonly (readonly [Backend, Options])[] = [
  [reference, {}],
  [ts, { threads: 2 }],
  [wasm, { threads: 2 }],
  [tfjsCpu, {}],
  [tfjsWasm, {}],
  [ortNode, { threads: 2 }],
  [ortWasm, {}],
];
const answers: Record<string, string> = {};
for (const [backend, options] of asked) answers[backend.id] = await answer(backend, options);
process.stdout.write(
  JSON.stringify({
    model: model.name,
    answers,
    classes: CLASSES.length,
    cell: parseCellId("mobilenet_v1_0.25_64/ts/node?threads=2").options,
  }),
);

async function answer(backend: Backend, options: Options): Promise<string> {
  try {
    const session = await backend.load(model, weights, options);
    const { ok, reason } = checkLogits(await session.infer(image), expected);
    await session.dispose();
    return ok ? "right" : String(reason);
  } catch (error) {
    return String(error);
  }
}
