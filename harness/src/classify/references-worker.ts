import { parentPort, workerData } from "node:worker_threads";
import { expectLogits } from "@mobilenet-bench/backend";
import { createModel } from "@mobilenet-bench/spec";
import type { ReferencesRequest } from "./references.ts";

const { model: config, weights, inputs, precision }: ReferencesRequest = workerData;
const model = createModel(config);
for (const input of inputs) parentPort?.postMessage(expectLogits(model, weights, input, precision));
