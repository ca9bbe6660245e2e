import {
  layersFor,
  resolveOptions,
  THREADS,
  type TypedBackend,
  type OptionsOf,
} from "@mobilenet-bench/backend";
import { COMPUTES } from "./computes.ts";
import { TfjsSession } from "./session.ts";
import { requireOneThread } from "./single-thread.ts";
import { importTensorFlow } from "./tensorflow.ts";

const OPTIONS = { threads: THREADS };
export type TfjsCpuOptions = OptionsOf<typeof OPTIONS>;

/** TensorFlow.js in plain JavaScript. */
export const tfjsCpu: TypedBackend<typeof OPTIONS> = {
  id: "tfjs-cpu",
  summary: "TensorFlow.js, plain JavaScript",
  platforms: ["node", "browser"],
  options: OPTIONS,
  availability: () => Promise.resolve({ available: true }),
  prepare: async () => void (await importLibrary()),
  load: async (model, weights, options) => {
    const { threads } = resolveOptions(tfjsCpu, options);
    requireOneThread(
      tfjsCpu.id,
      threads,
      "TensorFlow.js computes in JavaScript on the calling thread alone.",
    );
    layersFor(tfjsCpu.id, model, COMPUTES);
    const { tf, version } = await importLibrary();
    const actual = {
      threads: 1,
      precision: "fp32",
      library: `@tensorflow/tfjs-backend-cpu ${version}`,
      core: `@tensorflow/tfjs-core ${tf.version_core}`,
      engine: "cpu",
      production: tf.env().getBool("PROD"),
    } as const;
    return TfjsSession.load({ id: tfjsCpu.id, tf, backend: "cpu", actual }, model, weights);
  },
};

async function importLibrary() {
  const tf = await importTensorFlow();
  const { version_cpu: version } = await import("@tensorflow/tfjs-backend-cpu");
  return { tf, version };
}
