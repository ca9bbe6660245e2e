import { expectLogits } from "@mobilenet-bench/backend";
import { jobFailureOf, makeInputs } from "@mobilenet-bench/runner/node";
import type { ExpectedRequest, ExpectedSent } from "./expected.ts";

// The entry of a process that computes references: it gets one request, and sends one message for each input.
const send = (message: ExpectedSent) => process.send?.(message);
process.once("message", ({ model: named, source, precision, inputs, inputDeviation }: ExpectedRequest) => {
  try {
    const { model, weights, input } = makeInputs(named, source);
    for (const image of inputs ?? [input])
      send({ ok: true, value: expectLogits(model, weights, image, precision, inputDeviation) });
  } catch (error) {
    send({ ok: false, failure: jobFailureOf(error) });
  }
});
