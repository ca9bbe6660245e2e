import { parentPort, workerData } from "node:worker_threads";
import { expectLogits } from "@mobilenet-bench/backend";
import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import type { ExpectedRequest } from "./expected.ts";

const { model: config, seed }: ExpectedRequest = workerData;
const model = createModel(config);
const expected = expectLogits(model, generateWeights(model, seed), syntheticImage(model.resolution, seed));
parentPort?.postMessage(expected);
