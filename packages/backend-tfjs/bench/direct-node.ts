/** tfjs-node used directly: node bench/direct-node.ts MODEL THREADS */
import { createRequire } from "node:module";
import { parseModelName } from "@mobilenet-bench/spec";
import { serveBlocks } from "./blocks.ts";
import { mobilenet } from "./direct.ts";

const [name = "", threads] = process.argv.slice(2);
const model = parseModelName(name);
process.env["TF_NUM_INTRAOP_THREADS"] = threads;
const util = createRequire(import.meta.url)("node:util");
util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
util.isArray ??= Array.isArray;
const tf = await import("@tensorflow/tfjs-node");
tf.enableProdMode();
await serveBlocks(mobilenet(tf, model), model.resolution);
