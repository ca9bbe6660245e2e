import { parentPort, workerData } from "node:worker_threads";
import { expectLogits } from "@mobilenet-bench/backend";
import { makeInputs } from "../runner/inputs.ts";
import type { ExpectedRequest } from "./expected.ts";

const { model: config, source, precision, inputs, inputDeviation }: ExpectedRequest = workerData;
const { model, weights, input } = makeInputs(config, source);
for (const image of inputs ?? [input])
  parentPort?.postMessage(expectLogits(model, weights, image, precision, inputDeviation));
