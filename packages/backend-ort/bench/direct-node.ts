/** onnxruntime-node used directly: node bench/direct-node.ts MODEL.onnx RESOLUTION THREADS */
import * as ort from "onnxruntime-node";
import { serveBlocks } from "./blocks.ts";

const [path = "", resolution, threads] = process.argv.slice(2);
const side = Number(resolution);
const session = await ort.InferenceSession.create(path, { intraOpNumThreads: Number(threads) });

await serveBlocks(async (input) => {
  const { Logits } = await session.run({ input: new ort.Tensor("float32", input, [1, side, side, 3]) });
  return Logits?.data;
}, side);
