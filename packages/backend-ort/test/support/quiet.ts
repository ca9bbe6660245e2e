/** Loads, infers, times layers and disposes, and prints nothing: node quiet.ts BACKEND THREADS */
import { ortNode, ortWasm } from "@mobilenet-bench/backend-ort";
import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";

const [id, threads] = process.argv.slice(2);
const model = createModel({ alpha: 0.1, resolution: 32, classes: 3 });
const backend = id === ortNode.id ? ortNode : ortWasm;
const session = await backend.load(model, generateWeights(model), { threads: Number(threads) });
await session.infer(syntheticImage(32));
await session.timeLayers?.(syntheticImage(32));
await session.dispose();
