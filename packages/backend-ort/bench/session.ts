/** The same through a session of this package: node bench/session.ts BACKEND MODEL THREADS */
import { ortNode, ortWasm } from "@mobilenet-bench/backend-ort";
import { generateWeights, parseModelName } from "@mobilenet-bench/spec";
import { serveBlocks } from "./blocks.ts";

const [id, name = "", threads] = process.argv.slice(2);
const model = parseModelName(name);
const backend = id === ortNode.id ? ortNode : ortWasm;
const session = await backend.load(model, generateWeights(model), { threads: Number(threads) });

await serveBlocks((input) => session.infer(input), model.resolution);
