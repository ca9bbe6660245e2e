import type { PeakKernel } from "@mobilenet-bench/backend";
import type { Tensor } from "@tensorflow/tfjs-core";
import { ENGINE, loadBinding } from "../node/load-binding.ts";
import { importTensorFlow, onBackend, type TensorFlow } from "../tensorflow.ts";

/** [rows, depth] times [depth, columns]: multiples of the tiles that vectors of any width make. */
const SHAPES = [
  { rows: 192, depth: 512, columns: 192 },
  { rows: 384, depth: 384, columns: 384 },
] as const;

/**
 * Matrix products on native TensorFlow (oneDNN or Eigen), one thread. The engine belongs to the process, which has to be
 * one of its own: the library's threads are fixed when it is loaded.
 * @throws UnsupportedError where the native library does not load on this machine
 */
export async function createPeakKernels(): Promise<PeakKernel[]> {
  const tf = await importTensorFlow();
  await loadBinding(tf, 1);
  return Promise.all(SHAPES.map((shape) => createKernel(tf, shape)));
}

async function createKernel(
  tf: TensorFlow,
  { rows, depth, columns }: (typeof SHAPES)[number],
): Promise<PeakKernel> {
  const [left, right] = await onBackend(tf, ENGINE, () => [
    tf.ones([rows, depth]),
    tf.ones([depth, columns]),
  ]);
  let product: Tensor | undefined;
  const forget = () => {
    product?.dispose();
    product = undefined;
  };
  return {
    name: `matmul-f32-${rows}x${depth}x${columns}`,
    multAdds: rows * depth * columns,
    run() {
      forget();
      product = tf.matMul(left, right);
    },
    verify() {
      const isRight = product?.dataSync().every((element) => element === depth) ?? false;
      forget();
      return isRight;
    },
  };
}
