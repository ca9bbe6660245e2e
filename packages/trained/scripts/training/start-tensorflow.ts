import { tfjsNode } from "@mobilenet-bench/backend-tfjs";
import { createModel, generateWeights } from "@mobilenet-bench/spec";
import * as tf from "@tensorflow/tfjs-core";

export type TensorFlow = typeof tf;

/**
 * TensorFlow.js on TensorFlow's own library, with `threads` threads and the gradients of its operations. The engine
 * belongs to the process: loading any model with the backend starts it.
 * @throws UnsupportedError, with the remedy, where the library is not installed
 */
export async function startTensorFlow(threads: number): Promise<TensorFlow> {
  const model = createModel({ alpha: 0.25, resolution: 32, classes: 1 });
  const session = await tfjsNode.load(model, generateWeights(model), { threads });
  await session.dispose();
  if (!(await tf.setBackend("tensorflow")))
    throw new Error("[trained] TensorFlow's library was loaded but does not run. Run ./mnb doctor.");
  return tf;
}
