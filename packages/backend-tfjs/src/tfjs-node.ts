import { resolveOptions, THREADS, UnsupportedError, type Backend } from "@mobilenet-bench/backend";
import { TfjsSession } from "./session.ts";
import { importTensorFlow } from "./tensorflow.ts";

/** TensorFlow.js on TensorFlow's C library, which `./install` installs. */
export const tfjsNode: Backend = {
  id: "tfjs-node",
  summary: "TensorFlow.js, native TensorFlow in Node",
  platforms: ["node"],
  options: { threads: THREADS },
  availability: async () => {
    if (typeof process === "undefined")
      return unavailable("TensorFlow's native library runs in Node alone.", "Use tfjs-wasm here.");
    const { DEFAULT_DIRECTORY, readRecord } = await import("./node/installation.ts");
    const record = await readRecord(DEFAULT_DIRECTORY);
    if (!record)
      return unavailable(
        "TensorFlow's native library is not installed.",
        "Run ./mnb doctor --fix, or use tfjs-wasm.",
      );
    if (record.status === "failed") return unavailable(record.reason, record.remedy);
    return { available: true, detail: `TensorFlow ${record.tensorflow} (${record.source})` };
  },
  // Not the native library: it reads its number of threads, an option of `load`, when it is loaded.
  prepare: async () => void (await importTensorFlow()),
  load: async (model, weights, options) => {
    const threads = Number(resolveOptions(tfjsNode, options)["threads"]);
    const availability = await tfjsNode.availability();
    if (!availability.available)
      throw new UnsupportedError(`backend ${tfjsNode.id}`, availability.reason, availability.remedy);
    const tf = await importTensorFlow();
    const { DEFAULT_DIRECTORY, TFJS_NODE_VERSION, treeOf } = await import("./node/installation.ts");
    const { ENGINE, loadBinding } = await import("./node/load-binding.ts");
    const binding = await loadBinding(tf, treeOf(DEFAULT_DIRECTORY), threads);
    const actual = {
      threads: binding.intraOpThreads,
      precision: "fp32",
      library: `@tensorflow/tfjs-node ${TFJS_NODE_VERSION}`,
      core: `@tensorflow/tfjs-core ${tf.version_core}`,
      engine: ENGINE,
      production: tf.env().getBool("PROD"),
      native: availability.detail ?? binding.tensorflow,
      interOpThreads: binding.interOpThreads,
      oneDnn: binding.oneDnn,
    } as const;
    return TfjsSession.load({ id: tfjsNode.id, tf, backend: ENGINE, actual }, model, weights);
  },
};

function unavailable(reason: string, remedy: string) {
  return { available: false, reason, remedy } as const;
}
