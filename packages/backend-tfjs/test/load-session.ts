import { readdir } from "node:fs/promises";
import { tfjsNode } from "@mobilenet-bench/backend-tfjs";
import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";

const model = createModel({ alpha: 0.1, resolution: 32, classes: 10 });
const session = await tfjsNode.load(model, generateWeights(model), { threads: Number(process.argv[2]) });
await session.infer(syntheticImage(model.resolution));
const systemThreads = (await readdir("/proc/self/task")).length;
process.stdout.write(JSON.stringify({ ...session.actual, systemThreads }));
