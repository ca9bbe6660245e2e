import { reference, type Backend } from "@mobilenet-bench/backend";
import { createModel } from "@mobilenet-bench/spec";
import { expect, it } from "vitest";
import { PROTOCOL_VERSION } from "../src/protocol-version.ts";
import type { Request } from "../src/jobs.ts";
import { timedImages } from "../src/inputs.ts";
import { openJob, referenceRunner } from "./support/reference-jobs.ts";

const MODEL = createModel({ alpha: 0.25, resolution: 32 });

/** The jobs of one cell on the reference, whose sessions tell every input that they get. */
function runnerOf(onInput: (input: Float32Array) => void) {
  const backend: Backend = {
    ...reference,
    load: async (model, weights) => {
      const session = await reference.load(model, weights);
      return {
        actual: session.actual,
        infer: (input) => {
          onInput(input);
          return session.infer(input);
        },
        dispose: () => session.dispose(),
      };
    },
  };
  const answer = referenceRunner(backend);
  return async (job: object) => {
    const reply = await answer({ protocol: PROTOCOL_VERSION, ...job } as Request);
    if (!reply.ok) throw new Error(JSON.stringify(reply.failure));
    return reply.value;
  };
}

async function expectations(ask: (job: object) => Promise<unknown>, images: readonly Float32Array[]) {
  const { logits } = (await ask({ job: "infer", inputs: images })) as { logits: Float32Array[] };
  return logits.map((values) => ({
    values: Float64Array.from(values),
    bound: new Float64Array(values.length).fill(1e-3),
    noise: 1,
  }));
}

const OPEN = openJob(MODEL);

it("gives a session the same input every time, and looks at what it answers", async () => {
  const inputs: Float32Array[] = [];
  const ask = runnerOf((input) => inputs.push(input.slice()));
  expect(await ask({ ...OPEN, bareLoop: true })).toHaveProperty("actual.bareLoop", true);
  const [first] = inputs;
  const expected = await expectations(ask, timedImages(MODEL.resolution, { seed: 1, picture: first! }));
  await ask({ job: "warmUp", expected, warmUp: { tolerance: 1, capMs: 1 }, blockMs: 1 });
  inputs.length = 0;
  const block = await ask({ job: "block", settle: 1, inferences: 3 });
  expect(inputs).toHaveLength(4);
  expect(new Set(inputs.map((input) => input.join())).size).toBe(1);
  expect(block).toMatchObject({ cpuMs: null, restCpuMs: null, worst: { image: 0 } });
  expect(block).toHaveProperty("samplesMs.length", 3);
});

it("is there only where a job asks for it: otherwise each inference has an input of its own", async () => {
  const inputs: Float32Array[] = [];
  const ask = runnerOf((input) => inputs.push(input.slice()));
  expect(await ask(OPEN)).not.toHaveProperty("actual.bareLoop");
  const expected = await expectations(ask, timedImages(MODEL.resolution, { seed: 1, picture: inputs[0]! }));
  await ask({ job: "warmUp", expected, warmUp: { tolerance: 1, capMs: 1 }, blockMs: 1 });
  inputs.length = 0;
  await ask({ job: "block", settle: 0, inferences: 3 });
  expect(new Set(inputs.map((input) => input.join())).size).toBe(3);
});
