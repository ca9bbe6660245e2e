import { reference } from "@mobilenet-bench/backend";
import type { Weights } from "@mobilenet-bench/spec";
import { expect, it } from "vitest";
import { askFor } from "../src/jobs.ts";
import { referenceRunner } from "./support/reference-jobs.ts";

const MODEL = { name: "mobilenet_v1_0.1_32_shallow" };

/** The first value of the weights that a backend is given, and the logits. */
async function opened(seed: number, prepared?: { readonly name: string; readonly seed?: number }) {
  const given: Weights[] = [];
  const run = referenceRunner({
    ...reference,
    load: (model, weights) => {
      given.push(weights);
      return reference.load(model, weights);
    },
  });
  if (prepared) {
    const { name, ...rest } = prepared;
    expect(await run(askFor("prepare", { model: { name }, ...rest }))).toMatchObject({ ok: true, value: {} });
  }
  const request = { backend: "reference", options: {}, model: MODEL, source: { seed } };
  const reply = await run(askFor("open", request));
  expect(reply.ok).toBe(true);
  const logits: unknown = reply.ok && "logits" in reply.value ? reply.value.logits : undefined;
  return { tensors: given[0]?.tensors, logits };
}

it.each([
  ["made ahead", { name: MODEL.name, seed: 3 }],
  ["of another seed", { name: MODEL.name, seed: 4 }],
  ["of another network", { name: "mobilenet_v1_0.1_33_shallow", seed: 3 }],
  ["not made, since they are given", { name: MODEL.name }],
])("opens with the weights that were asked for, whatever was prepared: %s", async (_, prepared) => {
  expect(await opened(3, prepared)).toEqual(await opened(3));
});
