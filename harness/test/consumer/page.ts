import { checkLogits, expectLogits, type Backend, type Options } from "@mobilenet-bench/backend";
import { ortWasm } from "@mobilenet-bench/backend-ort/ort-wasm";
import { tfjsWasm } from "@mobilenet-bench/backend-tfjs/tfjs-wasm";
import { ts } from "@mobilenet-bench/backend-ts";
import { wasm } from "@mobilenet-bench/backend-wasm";
import { generateWeights, parseModelName, syntheticImage } from "@mobilenet-bench/spec";

// What every backend for pages says of one picture, for whoever drives this page: "right", or its error.

const model = parseModelName("mobilenet_v1_0.25_64");
const weights = generateWeights(model);
const image = syntheticImage(model.resolution);
const expected = expectLogits(model, weights, image);

const asked: readonly (readonly [Backend, Options])[] = [
  [ts, { threads: 2 }],
  [wasm, { threads: 2 }],
  [tfjsWasm, {}],
  [ortWasm, { threads: 2 }],
];
const answers: Record<string, string> = {};
for (const [backend, options] of asked) answers[backend.id] = await answer(backend, options);
Object.assign(globalThis, { answers });

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
