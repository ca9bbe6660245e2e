import {
  layersFor,
  resolveOptions,
  THREADS,
  UnsupportedError,
  type OptionsOf,
  type TypedBackend,
} from "@mobilenet-bench/backend";
import { COMPUTES } from "./computes.ts";
import { TfjsSession } from "./session.ts";
import { importTensorFlow } from "./tensorflow.ts";

const OPTIONS = { threads: THREADS };
export type TfjsNodeOptions = OptionsOf<typeof OPTIONS>;

/** TensorFlow.js on TensorFlow's C library: the package `@tensorflow/tfjs-node`, whose native side `./install` sees to. */
export const tfjsNode: TypedBackend<typeof OPTIONS> = {
  id: "tfjs-node",
  summary: "TensorFlow.js, native TensorFlow in Node",
  platforms: ["node"],
  options: OPTIONS,
  availability: async () => (await import("#tfjs-node")).availability(),
  // Not the native library: it reads its number of threads, an option of `load`, when it is loaded.
  prepare: async () => void (await importTensorFlow()),
  load: async (model, weights, options) => {
    const { threads } = resolveOptions(tfjsNode, options);
    layersFor(tfjsNode.id, model, COMPUTES);
    const { availability: ask, ENGINE, loadBinding } = await import("#tfjs-node");
    const availability = await ask();
    if (!availability.available)
      throw new UnsupportedError(`backend-${tfjsNode.id}`, availability.reason, availability.remedy);
    const tf = await importTensorFlow();
    const binding = await loadBinding(tf, threads);
    const actual = {
      threads: binding.intraOpThreads,
      precision: "fp32",
      library: `@tensorflow/tfjs-node ${binding.version}`,
      core: `@tensorflow/tfjs-core ${tf.version_core}`,
      engine: ENGINE,
      production: tf.env().getBool("PROD"),
      native: `TensorFlow ${binding.tensorflow} (${binding.source})`,
      interOpThreads: binding.interOpThreads,
      oneDnn: binding.oneDnn,
    } as const;
    return TfjsSession.load({ id: tfjsNode.id, tf, backend: ENGINE, actual }, model, weights);
  },
};
