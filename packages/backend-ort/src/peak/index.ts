import type { PeakKernel } from "@mobilenet-bench/backend";
import { loadLibrary } from "../node/library.ts";
import { sessionOptions } from "../node/settings.ts";
import { INPUT, matrixProduct, OUTPUT, pointwiseConvolutions, type Product } from "./products.ts";

/**
 * What ONNX Runtime computes fastest on one thread of the processor, in whatever vectors the machine has: a matrix
 * product goes through its GEMM, convolutions through its blocked channel layout. Which of them wins depends on the
 * machine, so the best of them counts. A session is held for the life of the process.
 */
const PRODUCTS: readonly Product[] = [
  matrixProduct(96, 1024, 256),
  matrixProduct(384, 512, 256),
  matrixProduct(512, 512, 512),
  pointwiseConvolutions(2, 256, 14),
  pointwiseConvolutions(2, 512, 7),
];

/** @throws UnsupportedError where the native library does not load on this machine */
export async function createPeakKernels(): Promise<PeakKernel[]> {
  return Promise.all(PRODUCTS.map(createKernel));
}

async function createKernel({ name, graph, input, output, value, multAdds }: Product): Promise<PeakKernel> {
  const { InferenceSession, Tensor } = await loadLibrary();
  const options = sessionOptions({ threads: 1, provider: "cpu", spinning: "off" });
  const session = await InferenceSession.create(graph().encode(), options);
  const floats = (shape: readonly number[]) => new Float32Array(shape.reduce((a, b) => a * b));
  const result = floats(output);
  const feeds = { [INPUT]: new Tensor("float32", floats(input).fill(1), input) };
  const fetches = { [OUTPUT]: new Tensor("float32", result, output) };
  return {
    name,
    multAdds,
    run: async () => void (await session.run(feeds, fetches)),
    verify() {
      const right = result.every((element) => element === value);
      result.fill(0);
      return right;
    },
  };
}
