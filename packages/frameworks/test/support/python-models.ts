import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkLogits, expectLogits, type Expected } from "@mobilenet-bench/backend";
import { ts } from "@mobilenet-bench/backend-ts";
import { wasm } from "@mobilenet-bench/backend-wasm";
import { webgpu } from "@mobilenet-bench/backend-webgpu";
import { readModelFile } from "@mobilenet-bench/model-files";
import { weightShapes } from "@mobilenet-bench/spec";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readFloats, runPython, WITHOUT_PYTHON } from "./python.ts";

/** What python/produce.py is asked for; its FORMS tell what they are. */
export interface Network {
  readonly name: string;
  readonly alpha: number;
  readonly resolution: number;
  readonly classes: number;
  readonly seed: number;
  readonly forms: readonly string[];
}

const ON_WEBGPU: ReadonlySet<string> = new Set(["keras2", "keras3_h5", "onnx"]);
const PRODUCE_MS = 600_000;

/** Has Keras make networks, and registers the tests of what is read from their files. */
export function testModelsOfKeras(networks: readonly Network[]): void {
  const files = networks.flatMap(({ forms, ...network }) => forms.map((form) => ({ ...network, form })));
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mnb-keras-"));
    if (WITHOUT_PYTHON !== undefined) return;
    await runPython("produce.py", [join(folder, "models"), JSON.stringify(networks)]);
  }, PRODUCE_MS);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  beforeEach(({ skip }) => skip(WITHOUT_PYTHON !== undefined, WITHOUT_PYTHON));

  describe.each(files)("$name of Keras as $form", ({ name, form, ...network }) => {
    const { file, image, keras } = filesOf(name, form);

    it("is read as the network that it is", async () => {
      const { model, format } = await readModelFile(file());
      const { alpha, resolution, classes } = network;
      expect(model).toMatchObject({ name, alpha, resolution, classes, conv: false, shallow: false });
      expect(format).toBe(formatOf(form));
    });

    it.for(backendsFor(form))(
      "is computed by $id as by Keras",
      { timeout: 120_000 },
      async (backend, { skip }) => {
        const here = await backend.availability();
        if (!here.available) skip(here.reason);
        const { model, weights } = await readModelFile(file());
        const reference = expectLogits(model, weights, image());
        expect(checkLogits(keras(), reference)).toMatchObject({ ok: true });
        const session = await backend.load(model, weights);
        const logits = await session.infer(image());
        await session.dispose();
        const check = checkLogits(logits, around(keras(), reference));
        expect(check).toMatchObject({ ok: true, top1: { agrees: true } });
      },
    );
  });

  describe.each(files.filter(({ form }) => form.startsWith("keras")))(
    "$name of Keras as $form",
    ({ name, form }) => {
      const { file, hashes } = filesOf(name, form);

      it("keeps every bit of the weights", async () => {
        const { model, weights } = await readModelFile(file());
        expect(weights.epsilon).toBe(1e-3);
        const tensors = [...weightShapes(model).keys()].map((key) => weights.tensors.get(key));
        expect(tensors.map((tensor) => sha256(tensor?.data))).toEqual(hashes());
      });
    },
  );

  function filesOf(name: string, form: string) {
    const at = (file: string) => join(folder, "models", name, file);
    return {
      file: () => at(form),
      image: () => readFloats(at("input.f32")),
      keras: () => readFloats(at("logits.f32")),
      hashes: (): unknown => JSON.parse(readFileSync(at("weights.json"), "utf8")),
    };
  }
}

/** Software adapters are slow, so that WebGPU computes one model of each library. */
function backendsFor(form: string) {
  return [ts, wasm, ...(ON_WEBGPU.has(form) ? [webgpu] : [])];
}

/**
 * What a backend must compute, seen from Keras. Both stand within the bounds around the exact result: so they differ by
 * twice the bounds at most, and in energy by four times. Keras's roundings are of the same kind and number, up to the
 * few of a batch norm that is not folded or was folded in float32: two or three more per sum, against at least ten of
 * the smallest sum.
 */
function around(keras: Float32Array, { bound, noise }: Expected): Expected {
  return {
    values: Float64Array.from(keras),
    bound: bound.map((error) => 2 * error),
    noise: 4 * noise,
  };
}

function formatOf(form: string): string {
  if (form.startsWith("onnx")) return "ONNX";
  return form.startsWith("graph") ? "TensorFlow.js graph model" : "TensorFlow.js layers model";
}

function sha256(values: Float32Array | undefined): string {
  return createHash("sha256")
    .update(new Uint8Array(values?.slice().buffer ?? new ArrayBuffer(0)))
    .digest("hex");
}
