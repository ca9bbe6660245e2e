/** onnxruntime-web used directly: node bench/direct-wasm.ts MODEL.onnx RESOLUTION THREADS */
import { readFile } from "node:fs/promises";
import * as ort from "onnxruntime-web";
import { serveBlocks } from "./blocks.ts";

const [path = "", resolution, threads] = process.argv.slice(2);
const side = Number(resolution);
ort.env.wasm.numThreads = Number(threads);
const session = await ort.InferenceSession.create(new Uint8Array(await readFile(path)));

await serveBlocks(async (input) => {
  const { Logits } = await session.run({ input: new ort.Tensor("float32", input, [1, side, side, 3]) });
  return Logits?.data;
}, side);
