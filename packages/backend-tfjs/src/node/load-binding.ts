import { createRequire } from "node:module";
import { isMainThread } from "node:worker_threads";
import { UnsupportedError } from "@mobilenet-bench/backend";
import { onBackend, type TensorFlow } from "../tensorflow.ts";
import {
  DEFAULT_DIRECTORY,
  findNative,
  findPackage,
  isOf,
  ORDINARY,
  readRecord,
  versionOf,
} from "./installation.ts";

/** The engine's name of the backend that the package registers. */
export const ENGINE = "tensorflow";

/** What the native library was loaded with, for as long as the process lives. */
export interface Binding {
  /** Of the package. */
  readonly version: string;
  /** The version that the library reports. */
  readonly tensorflow: string;
  /** Where the library is from, as the installer recorded it. */
  readonly source: string;
  readonly intraOpThreads: number;
  readonly interOpThreads: number;
  readonly oneDnn: boolean;
}

let loading: Promise<Binding> | undefined;

/**
 * Loads tfjs-node, which registers its backend with the engine. TensorFlow reads its settings from the environment
 * once, when its library is loaded, so the first session of a process fixes the number of threads for all.
 * @throws UnsupportedError where the library runs with another number of threads, or cannot be loaded
 */
export async function loadBinding(tf: TensorFlow, threads: number): Promise<Binding> {
  loading ??= load(tf, threads);
  const binding = await loading.catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  if (binding.intraOpThreads !== threads)
    throw new UnsupportedError(
      "backend-tfjs-node",
      `TensorFlow computes with ${binding.intraOpThreads} thread(s) in this process, not ${threads}: the first session fixes their number.`,
      "Use a fresh process for each number of threads.",
    );
  return binding;
}

async function load(tf: TensorFlow, threads: number): Promise<Binding> {
  // A worker's process.env is a copy that native code does not see.
  if (!isMainThread)
    throw new UnsupportedError(
      "backend-tfjs-node",
      "TensorFlow's threads cannot be set from a worker thread.",
      "Use the main thread of a process.",
    );
  const { env } = process;
  env["TF_NUM_INTRAOP_THREADS"] = String(threads);
  // Operations are run one at a time here: this pool only ever idles.
  env["TF_NUM_INTEROP_THREADS"] = "1";
  // Set also where it is the default, so that what runs is known.
  env["TF_ENABLE_ONEDNN_OPTS"] ??= "1";
  env["TF_CPP_MIN_LOG_LEVEL"] ??= "1";
  supplyRemovedFunctions(createRequire(import.meta.url)("node:util"));
  try {
    await import("@tensorflow/tfjs-node");
  } catch (cause) {
    throw new UnsupportedError(
      "backend-tfjs-node",
      `The native library cannot be loaded (${cause instanceof Error ? cause.message : String(cause)}).`,
      "Run ./mnb doctor --fix, or use tfjs-wasm.",
      { cause },
    );
  }
  const folder = findPackage() ?? "";
  const version = versionOf(folder);
  const record = await readRecord(DEFAULT_DIRECTORY, version);
  const native = findNative(folder, DEFAULT_DIRECTORY);
  return {
    version,
    source: native !== undefined && isOf(record, native) ? record.source : ORDINARY,
    tensorflow: await onBackend(tf, ENGINE, () => libraryVersion(tf)),
    intraOpThreads: threads,
    interOpThreads: 1,
    oneDnn: env["TF_ENABLE_ONEDNN_OPTS"] === "1",
  };
}

/**
 * tfjs-node 4.22 calls two functions that Node 23 removed (https://github.com/tensorflow/tfjs/issues/8609).
 * @param util the module's mutable exports
 */
function supplyRemovedFunctions(util: Record<string, unknown>) {
  util["isNullOrUndefined"] ??= (value: unknown) => value === null || value === undefined;
  util["isArray"] ??= Array.isArray;
}

/** The addon states it; TensorFlow.js's types do not. */
function libraryVersion(tf: TensorFlow): string {
  const binding: unknown = Reflect.get(tf.backend(), "binding");
  if (typeof binding === "object" && binding !== null && "TF_Version" in binding)
    return String(binding.TF_Version);
  throw new Error("[backend-tfjs] the active backend is not the one of tfjs-node. Report it.");
}
