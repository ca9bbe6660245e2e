/** The same through a session of this package: node bench/session.ts MODEL THREADS BACKEND */
import { tfjsCpu, tfjsNode, tfjsWasm } from "@mobilenet-bench/backend-tfjs";
import { generateWeights, parseModelName } from "@mobilenet-bench/spec";
import { serveBlocks } from "./blocks.ts";

const [name = "", threads, id] = process.argv.slice(2);
const model = parseModelName(name);
const backend = [tfjsCpu, tfjsWasm, tfjsNode].find((backend) => backend.id === id) ?? tfjsCpu;
const session = await backend.load(model, generateWeights(model), { threads: Number(threads) });
await serveBlocks((input) => session.infer(input), model.resolution);
