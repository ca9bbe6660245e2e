/** tfjs-backend-wasm used directly: node bench/direct-wasm.ts MODEL */
import { parseModelName } from "@mobilenet-bench/spec";
import * as tf from "@tensorflow/tfjs-core";
import { serveBlocks } from "./blocks.ts";
import { mobilenet } from "./direct.ts";

const model = parseModelName(process.argv[2] ?? "");
await import("@tensorflow/tfjs-backend-wasm");
tf.enableProdMode();
await tf.setBackend("wasm");
await serveBlocks(mobilenet(tf, model), model.resolution);
